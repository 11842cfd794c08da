import { findShadow } from '../changes/shadow.ts';
import { applyFix } from '../doctor/fix/apply.ts';
import { type ChosenFix, chooseFix } from '../doctor/fix/choose.ts';
import { planFixes } from '../doctor/fix/plan.ts';
import type { SettingName } from '../go/settings.ts';
import { changeLines } from '../report/table/doctor-fix.ts';
import { canAsk } from '../system/ask.ts';
import { confirm } from '../system/confirm.ts';
import { CliError } from '../system/errors.ts';
import type { Invocation } from './command.ts';
import type { DoctorOptions, Examined } from './doctor.ts';

/** Shows the fix as a plan, asks, applies it and checks again; with --dry-run it is only shown. */
export async function mend(
  invocation: Invocation<DoctorOptions>,
  first: Examined,
  checkAgain: () => Promise<Examined>,
): Promise<Examined> {
  const { context, out, options, t } = invocation;
  const fix = await chooseFix(context, first.report.findings, first.facts);
  for (const line of await hiddenBy(invocation, first)) out.note(line);
  if (!fix) {
    if (first.report.verdict.status !== 'pass') out.note(t('doctor.fix.none'));
    return first;
  }
  for (const line of changeLines(fix, t)) out.note(line);
  if (!options.dryRun && !(await agreed(invocation))) return first;
  if (options.dryRun) return { ...first, report: { ...first.report, fixed: [] } };
  const { changes, removed } = await applyFix(context, first.facts.go, fix.wanted, fix.damaged);
  const after = await checkAgain();
  return { ...after, report: { ...after.report, fixed: fixedBy(fix, changes, removed) } };
}

const fixedBy = ({ proven }: ChosenFix, changes: ChosenFix['changes'], removed: string[]) => [
  ...changes.map(change => ({ target: change.key, change, removed: null, proven })),
  ...removed.map(path => ({ target: path, change: null, removed: path, proven })),
];

/** What a variable of the environment hides cannot be put right in the settings file: where it is set, and what clears it. */
async function hiddenBy({ context, t }: Invocation<DoctorOptions>, { facts, report }: Examined): Promise<string[]> {
  const wanted = planFixes(report.findings, facts, { hidden: true }).candidates[0] ?? new Map<string, string | null>();
  const names = [...wanted.keys()].filter(key => facts.settings.values[key as SettingName].source === 'os');
  const shadows = await Promise.all(names.map(name => findShadow(context, name)));
  return shadows.map(({ variable, value, origin, clear }) =>
    origin
      ? t('doctor.fix.hidden-at', {
          variable,
          value,
          clear,
          place: `${origin.file}${origin.line ? `:${origin.line}` : ''}`,
        })
      : t('doctor.fix.hidden', { variable, value, clear }),
  );
}

async function agreed({ context, options, t }: Invocation<DoctorOptions>): Promise<boolean> {
  if (options.yes) return true;
  if (!canAsk(context, options.input)) throw new CliError('error.needs-yes');
  return confirm(context, t('prompt.confirm', { question: t('doctor.fix.apply') }));
}
