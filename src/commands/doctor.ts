import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { examine } from '../doctor/examine.ts';
import type { DoctorFacts } from '../doctor/facts.ts';
import { provePull } from '../doctor/pull-proof.ts';
import { type DoctorReport, reportOn } from '../doctor/report.ts';
import { readGoFacts } from '../go/facts.ts';
import type { Translate } from '../messages/index.ts';
import { allMirrors } from '../mirrors/all.ts';
import { lookUpIn } from '../mirrors/look-up.ts';
import { namedTargets, offeredTargets, targetsInEffect, withoutRepeats } from '../mirrors/probe-targets.ts';
import { countOf, doctorJson } from '../report/json/doctor.ts';
import type { Output } from '../report/output.ts';
import { doctorText } from '../report/table/doctor.ts';
import type { Command, Invocation } from './command.ts';
import { mend } from './doctor-fix.ts';
import { mentionLeftovers } from './leftovers.ts';

export interface DoctorOptions {
  fix?: boolean;
  dryRun?: boolean;
  pull?: boolean;
  mirror?: string[];
  report?: string;
  strict?: boolean;
  timeout?: number;
}

export interface Examined {
  facts: DoctorFacts;
  report: DoctorReport;
}

/** Settings, route, every mirror in effect, findings and fixes. */
export const doctor: Command<DoctorOptions> = async invocation => {
  const { options } = invocation;
  // The program's own start is part of the time that the user gives.
  const first = await check(invocation, performance.now());
  await mentionLeftovers(invocation, first.facts.settings.envFile.path);
  const { report } = options.fix ? await mend(invocation, first, () => check(invocation, 0)) : first;
  await show(invocation, report);
  return countOf(report, 'fail') > 0 || (options.strict && countOf(report, 'warn') > 0) ? 1 : 0;
};

async function check(
  { context, options, args, out, t }: Invocation<DoctorOptions>,
  spentMs: number,
): Promise<Examined> {
  const mirrors = await allMirrors(context, await readGoFacts(context), options.catalogue);
  const named = namedTargets(mirrors, options.mirror ?? []);
  const startedAt = performance.now() - spentMs;
  const endsAt = startedAt + (options.timeout ?? defaultTimeout) * 1000;
  const examined = await examine(context, {
    modules: args,
    named: new Set(named.map(({ name }) => name)),
    lookUp: lookUpIn(mirrors),
    targetsFor: ({ values }) =>
      withoutRepeats([
        ...targetsInEffect(mirrors, values.GOPROXY.value),
        ...(named.length > 0 ? named : offeredTargets(mirrors)),
      ]),
    timeoutMs: endsAt - performance.now() - reportMs,
  });
  const facts =
    options.pull && examined.go.toolchain ? await provePull(context, examined, tellProgress(out, t)) : examined;
  return { facts, report: reportOn(facts, context.platform, performance.now() - startedAt) };
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

/** Seconds. */
const defaultTimeout = 10;

async function show({ out, options, t, context }: Invocation<DoctorOptions>, report: DoctorReport): Promise<void> {
  out.json('doctor', doctorJson(report, t, options.fix ?? false));
  out.result(doctorText(report, out.drawing(t)));
  if (!options.report) return;
  const { renderHtml } = await import('../report/html/render.ts');
  await writeFile(resolve(context.cwd, options.report), await renderHtml(report, t.language));
  out.note(t('doctor.report-written', { file: options.report }));
}
