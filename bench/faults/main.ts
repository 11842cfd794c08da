import { cleanUp } from '../../test/lab/cleanup.ts';
import type { LabCase } from '../../test/lab/faults/case.ts';
import { cases } from '../../test/lab/faults/cases/index.ts';
import { examine, type Verdict } from '../../test/lab/faults/examine.ts';
import { conclude } from '../result.ts';

/**
 * Every fault and healthy set-up of the lab against the built doctor and the real go.
 *
 *     npm run faults -- [--prove] [--doctor-only] [--no-fix] [--fixing] [--verbose] [--jobs N] [PART-OF-AN-ID...]
 *
 * `--doctor-only` takes the proof as given and fixes nothing. `--prove` asks only go: does each fault really break a pull, and is each healthy set-up one?
 */
async function main(args: string[]): Promise<void> {
  const flags = new Set(args.filter(arg => arg.startsWith('--')));
  const jobs = jobsOf(args);
  const wanted = args.filter((arg, index) => !arg.startsWith('--') && args[index - 1] !== '--jobs');
  const chosen = cases
    .filter(({ id }) => wanted.length === 0 || wanted.some(part => id.includes(part)))
    .filter(({ fix, afterFix }) => fix || afterFix || !flags.has('--fixing'));
  const verdicts: Verdict[] = [];
  const queue = [...chosen];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const verdict = await attempt(next, flags);
      verdicts.push(verdict);
      print(verdict, flags.has('--verbose'));
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  await summary(chosen, verdicts, flags);
}

const jobsOf = (args: readonly string[]): number =>
  args.includes('--jobs') ? Number(args[args.indexOf('--jobs') + 1]) : 3;

async function attempt(lab: LabCase, flags: ReadonlySet<string>): Promise<Verdict> {
  try {
    return await examine(lab, {
      doctor: !flags.has('--prove'),
      fix: !flags.has('--no-fix'),
      prove: !flags.has('--doctor-only'),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { id: lab.id, proven: false, pull: reason, doctor: null, fix: null, doctorMs: 0, report: null };
  }
}

const right = ({ proven, doctor, fix }: Verdict) => proven && !doctor?.length && !fix?.length;

function print(verdict: Verdict, verbose: boolean): void {
  const { id, proven, pull, doctor, fix, doctorMs } = verdict;
  console.log(`${right(verdict) ? '✓' : '✗'} ${id} ${doctor ? `${Math.round(doctorMs)} ms` : ''}`);
  if (!proven || verbose) console.log(`    go: ${pull.slice(-600).replaceAll('\n', '\n        ')}`);
  for (const line of doctor ?? []) console.log(`    doctor: ${line}`);
  for (const line of fix ?? []) console.log(`    fix: ${line}`);
}

async function summary(
  chosen: readonly LabCase[],
  verdicts: readonly Verdict[],
  flags: ReadonlySet<string>,
): Promise<void> {
  const wrong = verdicts.filter(verdict => !right(verdict)).map(({ id }) => id);
  if (wrong.length > 0) console.log(`\n${wrong.sort().join(' ')}`);
  const faults = new Set(chosen.filter(({ expect }) => expect.length > 0).map(({ id }) => id));
  const share = (among: readonly Verdict[], of: (verdict: Verdict) => boolean): number =>
    among.length === 0 ? 1 : among.filter(of).length / among.length;
  const [broken, sound] = [true, false].map(is => verdicts.filter(({ id }) => faults.has(id) === is)) as [
    Verdict[],
    Verdict[],
  ];
  const treated = verdicts.filter(({ fix }) => fix !== null);
  if (flags.has('--prove')) {
    console.log(`\nproven by go ${(100 * share(verdicts, ({ proven }) => proven)).toFixed(1)} %`);
    process.exitCode = wrong.length === 0 ? 0 : 1;
    return;
  }
  await conclude('faults', {
    arguments: { jobs: jobsOf(process.argv.slice(2)) },
    figures: {
      cases: verdicts.length,
      proven: share(verdicts, ({ proven }) => proven),
      found: share(broken, ({ doctor }) => doctor?.length === 0),
      accepted: share(sound, ({ doctor }) => doctor?.length === 0),
      fixed: share(treated, ({ fix }) => fix?.length === 0),
    },
    full: chosen.length === cases.length && !flags.has('--doctor-only') && !flags.has('--no-fix'),
  });
}

try {
  await main(process.argv.slice(2));
} finally {
  await cleanUp();
}
