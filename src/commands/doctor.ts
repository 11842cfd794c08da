import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command, Invocation } from '../command.ts';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import { type DoctorReport, reportOn } from '../doctor/report.ts';
import { targetsOf } from '../doctor/targets.ts';
import { allMirrors } from '../mirrors/all.ts';
import { resolveTargets } from '../mirrors/resolve.ts';
import { doctorText } from '../report/doctor-text.ts';
import { homeFolder } from '../system/context.ts';

interface DoctorOptions {
  fix?: boolean;
  dryRun?: boolean;
  pull?: boolean;
  mirror?: string[];
  report?: string;
  strict?: boolean;
  timeout?: number;
}

/** Settings, route, every mirror in effect, findings and fixes. */
export const doctor: Command<DoctorOptions> = async invocation => {
  const { options } = invocation;
  const report = await check(invocation);
  await show(invocation, report);
  const count = (status: Finding['status']): number =>
    report.findings.filter(finding => finding.status === status).length;
  return count('fail') > 0 || (options.strict && count('warn') > 0) ? 1 : 0;
};

async function check({ context, options, args, t }: Invocation<DoctorOptions>): Promise<DoctorReport> {
  const mirrors = await allMirrors(context, options.catalogue, t);
  const named = resolveTargets(mirrors, options.mirror ?? []);
  const startedAt = performance.now();
  const facts = await examine(context, {
    modules: args,
    named: new Set(named.map(({ name }) => name)),
    targetsFor: settings => targetsOf(settings, mirrors, named),
    timeoutMs: (options.timeout ?? 10) * 1000 - startupMs,
  });
  return reportOn(facts, context.platform, performance.now() - startedAt);
}

/** What starting and ending the program takes of the time that the user gives. */
const startupMs = 150;

async function show(invocation: Invocation<DoctorOptions>, report: DoctorReport): Promise<void> {
  const { out, options, t, context } = invocation;
  const count = (status: Finding['status']): number =>
    report.findings.filter(finding => finding.status === status).length;
  out.json('doctor', {
    summary: { status: report.verdict.status, pass: count('pass'), warn: count('warn'), fail: count('fail') },
    settings: report.settings.values,
    go: report.settings.go,
    routes: report.routes,
    mirrors: report.mirrors,
    findings: report.findings.map(({ code, status, cause, target, args, remediation }) => ({
      code,
      status,
      cause,
      target,
      message: t.optional(`finding.${code}`, args) ?? `${code} ${target}`,
      remediation,
    })),
    ...(options.fix ? { fixed: report.fixed } : {}),
  });
  const { paint, width } = out;
  out.result(doctorText(report, { t, paint, width, home: homeFolder(context), verbose: options.verbose ?? false }));
  if (options.report) {
    const { renderHtml } = await import('../report/html/render.ts');
    await writeFile(resolve(context.cwd, options.report), await renderHtml(report, t.language));
    out.note(t('doctor.report-written', { file: options.report }));
  }
}
