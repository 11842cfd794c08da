import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Diagnosis, diagnose } from '../doctor/diagnose.ts';
import type { DoctorReport } from '../doctor/report.ts';
import { readGoFacts } from '../go/facts.ts';
import type { Translate } from '../messages/index.ts';
import { allMirrors } from '../mirrors/all.ts';
import { namedTargets, offeredTargets, targetsInEffect, withoutRepeats } from '../mirrors/probe-targets.ts';
import { countOf, doctorJson } from '../report/json/doctor.ts';
import type { Output } from '../report/output.ts';
import { doctorText } from '../report/table/doctor.ts';
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
  const { options } = invocation;
  // The program's own start is part of the time that the user gives.
  const first = await check(invocation, 0);
  await mentionLeftovers(invocation, first.facts.settings.envFile.path);
  const fixing = options.fix || options.dryRun;
  const budgetMs = 2 * timeoutOf(options);
  const report = fixing
    ? await fixWhatIsWrong(invocation, first, { budgetMs, checkAgain: () => check(invocation, performance.now()) })
    : first.report;
  await show(invocation, report);
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

async function show({ out, options, t, context }: Invocation<DoctorOptions>, report: DoctorReport): Promise<void> {
  out.json('doctor', doctorJson(report, t, options.fix || options.dryRun || false));
  out.result(doctorText(report, out.drawing(t)));
  if (!options.report) return;
  const file = resolve(context.cwd, options.report);
  const { renderHtml } = await import('../report/html/render.ts');
  const page = await renderHtml(report, t);
  await writeFile(file, page).catch(error => {
    throw worded(error, file);
  });
  out.note(t('doctor.report-written', { file: options.report }));
}
