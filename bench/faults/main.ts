import { cleanUp } from '../../test/lab/cleanup.ts';
import type { LabCase } from '../../test/lab/faults/case.ts';
import { cases } from '../../test/lab/faults/cases/index.ts';
import { examine, type Verdict } from '../../test/lab/faults/examine.ts';

/**
 * Every fault and healthy set-up of the lab against the built doctor and the real go.
 *
 *     npm run faults -- [--prove] [--doctor-only] [--no-fix] [--fixing] [--verbose] [--jobs N] [PART-OF-AN-ID...]
 *
 * `--doctor-only` takes the proof as given and fixes nothing. `--prove` asks only go: does each fault really break a pull, and is each healthy set-up one?
 */
async function main(args: string[]): Promise<number> {
  const flags = new Set(args.filter(arg => arg.startsWith('--')));
  const jobs = flags.has('--jobs') ? Number(args[args.indexOf('--jobs') + 1]) : 3;
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
  return summary(chosen, verdicts);
}

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

function summary(chosen: readonly LabCase[], verdicts: readonly Verdict[]): number {
  const faults = new Set(chosen.filter(({ expect }) => expect.length > 0).map(({ id }) => id));
  const count = (of: (verdict: Verdict) => boolean, among = verdicts) => `${among.filter(of).length}/${among.length}`;
  const broken = verdicts.filter(({ id }) => faults.has(id));
  const sound = verdicts.filter(({ id }) => !faults.has(id));
  console.log(`\nproven by go      ${count(({ proven }) => proven)}`);
  console.log(`faults found      ${count(({ doctor }) => doctor?.length === 0, broken)}`);
  console.log(`healthy accepted  ${count(({ doctor }) => doctor?.length === 0, sound)}`);
  console.log(
    `fixed             ${count(
      ({ fix }) => fix?.length === 0,
      verdicts.filter(({ fix }) => fix !== null),
    )}`,
  );
  const failed = verdicts.filter(verdict => !right(verdict));
  if (failed.length > 0)
    console.log(
      `\n${failed
        .map(({ id }) => id)
        .sort()
        .join(' ')}`,
    );
  return failed.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} finally {
  await cleanUp();
}
