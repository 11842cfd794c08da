import type { Invocation } from '../command.ts';
import { applyFix } from '../doctor/fix/apply.ts';
import { type ChosenFix, chooseFix } from '../doctor/fix/choose.ts';
import { changeLines } from '../report/doctor-fix.ts';
import { canAsk } from '../system/ask.ts';
import { confirm } from '../system/confirm.ts';
import { CliError } from '../system/errors.ts';
import type { DoctorOptions, Examined } from './doctor.ts';

/** Shows the fix as a plan, asks, applies it and checks again; with --dry-run it is only shown. */
export async function mend(
  invocation: Invocation<DoctorOptions>,
  first: Examined,
  checkAgain: () => Promise<Examined>,
): Promise<Examined> {
  const { context, out, options, t } = invocation;
  const fix = await chooseFix(context, first.report.findings, first.facts);
  if (!fix) {
    if (first.report.verdict.status !== 'pass') out.note(t('doctor.fix.none'));
    return first;
  }
  for (const line of changeLines(fix, t)) out.note(line);
  if (!options.dryRun && !(await agreed(invocation))) return first;
  if (options.dryRun) return { ...first, report: { ...first.report, fixed: [] } };
  const { changes, removed } = await applyFix(context, fix.wanted, fix.damaged);
  const after = await checkAgain();
  return { ...after, report: { ...after.report, fixed: fixedBy(fix, changes, removed) } };
}

const fixedBy = ({ proven }: ChosenFix, changes: ChosenFix['changes'], removed: string[]) => [
  ...changes.map(change => ({ target: change.key, change, removed: null, proven })),
  ...removed.map(path => ({ target: path, change: null, removed: path, proven })),
];

async function agreed({ context, options, t }: Invocation<DoctorOptions>): Promise<boolean> {
  if (options.yes) return true;
  if (!canAsk(context, options.input)) throw new CliError('error.needs-yes');
  return confirm(context, t('prompt.confirm', { question: t('doctor.fix.apply') }));
}
