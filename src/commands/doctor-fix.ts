import { findShadow } from '../changes/shadow/find.ts';
import type { Diagnosis } from '../doctor/diagnose.ts';
import { problem } from '../doctor/finding.ts';
import { type Applied, applyFix, takeBack } from '../doctor/fix/apply.ts';
import { type ChosenFix, chooseFix } from '../doctor/fix/choose.ts';
import { staysAfter } from '../doctor/fix/outcome.ts';
import { type DoctorReport, type Fixed, withFindings } from '../doctor/report.ts';
import type { SettingName } from '../go/settings.ts';
import { hiddenLine, placeLine, planLines } from '../report/table/doctor-fix.ts';
import { canAsk } from '../system/ask.ts';
import { confirm } from '../system/confirm.ts';
import { CliError } from '../system/errors.ts';
import type { Invocation } from './command.ts';

export interface FixOptions {
  dryRun?: boolean;
  /** Seconds. */
  timeout?: number;
}

export interface FixRun {
  /** For all trials together, milliseconds. */
  budgetMs: number;
  checkAgain: () => Promise<Diagnosis>;
}

/**
 * Shows the fix as a plan, asks, applies it and checks again; what does not cure is taken back. With --dry-run it is only shown. Returns
 * the report of the check that holds for the settings as they are in the end.
 */
export async function fixWhatIsWrong(
  invocation: Invocation<FixOptions>,
  first: Diagnosis,
  { budgetMs, checkAgain }: FixRun,
): Promise<DoctorReport> {
  const { context, out, options, t } = invocation;
  const { facts, findings, plan, report } = first;
  const fix = await chooseFix(context, facts, plan, budgetMs);
  for (const name of plan.hidden) out.note(hiddenLine(await findShadow(context, name), t));
  if (!fix) {
    for (const name of setElsewhere(first)) {
      const line = placeLine(await findShadow(context, name), t);
      if (line !== null) out.note(line);
    }
    const proposes = findings.some(one => one.status === 'fail' && (plan.remedies.get(one)?.commands.length ?? 0) > 0);
    if (report.verdict.status !== 'pass') out.note(t(proposes ? 'doctor.fix.by-hand' : 'doctor.fix.none'));
    return report;
  }
  for (const line of planLines(fix, t)) out.note(line);
  const remove = fix.damaged.flatMap(damage => damage.remove);
  if (options.dryRun) return { ...report, planned: { changes: fix.changes, remove, proven: fix.proven } };
  if (!(await agreed(invocation))) return report;
  const applied = await applyFix(context, facts.go, fix);
  const after = await checkAgain();
  if (applied.entry === null || staysAfter(fix, plan, findings, after.findings))
    return ended(after.report, fix, applied);
  await takeBack(context, applied);
  const keys = applied.changes.map(({ key }) => key).join(', ');
  const undone = problem('fail', null, keys, { code: 'fix-taken-back' });
  // With the damage gone the first check says no longer how things stand.
  const { report: asBefore } = applied.removed.length > 0 ? await checkAgain() : first;
  return withFindings(ended(asBefore, fix, { ...applied, changes: [] }), [undone]);
}

/** The settings that fail, that the environment has and that are nobody else's to change: the user has to know where they are set. */
function setElsewhere({ findings, facts, plan }: Diagnosis): SettingName[] {
  const failing = findings.filter(({ status }) => status === 'fail');
  const names = failing.flatMap(({ about }) => about.setting ?? (about.mirror === undefined ? [] : 'GOPROXY'));
  const ofEnvironment = (name: SettingName): boolean => facts.settings.values[name].source === 'os';
  return [...new Set<SettingName>(names)].filter(name => ofEnvironment(name) && !plan.hidden.includes(name));
}

/** The report with what was done, and what could not be. */
function ended(report: DoctorReport, { proven }: ChosenFix, { changes, removed, stuck }: Applied): DoctorReport {
  const fixed: Fixed[] = [
    ...changes.map(change => ({ target: change.key, change, removed: null, proven })),
    ...removed.map(path => ({ target: path, change: null, removed: path, proven })),
  ];
  const left = stuck.map(({ path, code }) =>
    problem('fail', 'modcache-corrupt', path, { code: 'fix-incomplete', detail: code }),
  );
  return withFindings({ ...report, fixed }, left);
}

async function agreed({ context, options, t }: Invocation<FixOptions>): Promise<boolean> {
  if (options.yes) return true;
  if (!canAsk(context, options.input)) throw new CliError('error.needs-yes');
  return confirm(context, t('prompt.confirm', { question: t('doctor.fix.apply') }));
}
