import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Diagnosis, diagnose } from '../doctor/diagnose.ts';
import type { DoctorReport } from '../doctor/report.ts';
import { readGoFacts } from '../go/facts.ts';
import type { Translate } from '../messages/index.ts';
import { allMirrors } from '../mirrors/all.ts';
import { namedTargets, offeredTargets, targetsInEffect, withoutRepeats } from '../mirrors/probe-targets.ts';
import { countOf, doctorJson } from '../report/doctor-json.ts';
import { doctorText } from '../report/doctor-text.ts';
import { type WordedError, wordError } from '../report/error.ts';
import type { Output } from '../report/output.ts';
import { homeFolder } from '../system/context.ts';
import { worded } from '../system/file-error.ts';
import type { Command, Invocation } from './command.ts';
import { type FixOptions, fixWhatIsWrong } from './doctor-fix.ts';
import { mentionLeftovers } from './leftovers.ts';

interface DoctorOptions extends FixOptions {
  fix?: boolean;
  pull?: boolean;
  mirror?: string[];
  report?: string;
  strict?: boolean;
}

/** Settings, route, every mirror in effect, findings and fixes. */
export const doctor: Command<DoctorOptions> = async invocation => {
  const { options, context, out, t } = invocation;
  // The program's own start is part of the time that the user gives.
  const first = await check(invocation, 0);
  await mentionLeftovers(invocation, first.facts.settings.envFile.path);
  const fixing = options.fix || options.dryRun;
  const budgetMs = 2 * timeoutOf(options);
  const report = fixing
    ? await fixWhatIsWrong(invocation, first, { budgetMs, checkAgain: () => check(invocation, performance.now()) })
    : first.report;
  const failure = options.report ? await writePage(context, options.report, report, t) : null;
  out.json('doctor', { ...doctorJson(report, t, fixing ?? false), ...(failure ? { error: failure.json } : {}) });
  show(invocation, report, failure);
  if (failure) return failure.exitCode;
  return countOf(report, 'fail') > 0 || (options.strict && countOf(report, 'warn') > 0) ? 1 : 0;
};

/** Reads what go says and examines everything with it. `startedAt`: by `performance.now()`. */
async function check(
  { context, options, args, out, t }: Invocation<DoctorOptions>,
  startedAt: number,
): Promise<Diagnosis> {
  const go = await readGoFacts(context);
  const known = await allMirrors(context, go, options.catalogue);
  const named = namedTargets(known, options.mirror ?? []);
  const inEffect = targetsInEffect(known, go.settings.values.GOPROXY.value);
  return diagnose(context, {
    go,
    known,
    modules: args,
    named: new Set(named.map(({ name }) => name)),
    targets: withoutRepeats([...inEffect, ...(named.length > 0 ? named : offeredTargets(known))]),
    timeoutMs: startedAt + timeoutOf(options) - performance.now() - reportMs,
    pull: options.pull ? tellProgress(out, t) : null,
    startedAt,
  });
}

/** Says on a terminal how far the download is, at most twice a second. */
function tellProgress(out: Output, t: Translate): (bytes: number) => void {
  let saidAt = 0;
  return bytes => {
    if (!out.animated || performance.now() - saidAt < 500) return;
    saidAt = performance.now();
    out.note(t('doctor.pull.progress', { megabytes: (bytes / 1e6).toFixed(1) }));
  };
}

/** The checks and the report take their part of the time. */
const reportMs = 150;

/** Milliseconds; 10 s unless the user says otherwise. */
const timeoutOf = ({ timeout = 10 }: FixOptions): number => timeout * 1000;

/** Writes the page; what keeps it from being written, in words, or null. */
async function writePage(
  { cwd }: Invocation['context'],
  name: string,
  report: DoctorReport,
  t: Translate,
): Promise<WordedError | null> {
  const file = resolve(cwd, name);
  try {
    const { renderHtml } = await import('../report/html/render.ts');
    await writeFile(file, await renderHtml(report, t.language));
    return null;
  } catch (error) {
    const known = wordError(worded(error, file), t);
    if (!known) throw error;
    return known;
  }
}

function show(
  { out, options, t, context }: Invocation<DoctorOptions>,
  report: DoctorReport,
  failure: WordedError | null,
): void {
  const { paint, width } = out;
  out.result(doctorText(report, { t, paint, width, home: homeFolder(context), verbose: options.verbose ?? false }));
  if (!options.report || out.options.json) return;
  if (!failure) out.note(t('doctor.report-written', { file: options.report }));
  else for (const line of failure.lines) out.warn(line);
}
