import type { ChangeOutcome } from '../changes/change-settings.ts';
import type { Leftovers } from '../changes/leftovers.ts';
import type { Change, Warning } from '../changes/plan.ts';
import type { Shadow } from '../changes/shadow.ts';
import { type Translate, wordedArgs } from '../messages/index.ts';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

/** A change as the commands report it: the outcome, what hides it, and all warnings. */
export interface ChangeReport extends Pick<ChangeOutcome, 'changes' | 'applied' | 'effective' | 'file' | 'warnings'> {
  shadows: readonly Shadow[];
  dryRun: boolean;
}

/** The fields of a change in `--json`. A warning's arguments stand beside its code. */
export function changeJson(report: ChangeReport, t: Translate): object {
  const { changes, applied, effective, file, dryRun } = report;
  const shadowed = report.shadows.map(({ variable, value, origin, clear }) => ({
    code: 'shadowed',
    variable,
    value,
    file: origin?.file ?? null,
    line: origin?.line ?? null,
    scope: origin?.scope ?? null,
    remedy: clear,
  }));
  const warnings = report.warnings.map(warning => warningJson(warning, t));
  return { changes, applied, effective, dryRun, file, warnings: [...shadowed, ...warnings] };
}

/** A warning in JSON: its arguments stand beside its code. */
export function warningJson(warning: Warning, t: Translate): object {
  const { code, args } = warning;
  return { code, ...wordedArgs(args, t), message: wordWarning(warning, t) };
}

/** A warning in words: a sentence of its own, or what the judge of settings says of one. */
function wordWarning({ code, args }: Warning, t: Translate): string {
  const cause = args.cause === undefined ? '' : (t.optional(`probe.cause.${args.cause}`) ?? args.cause);
  const own = t.optional(`warning.${code}`, { ...args, cause });
  if (own !== null) return own;
  const text = t.optional(`remark.${code}`, args) ?? code;
  return args.setting === undefined ? text : t('settings.remark', { setting: args.setting, text });
}

/** Prints a change: the verdict, what was changed, and on stderr what to mind. `what` names it in the verdict; null where the verdict stands elsewhere. */
export function printChange(report: ChangeReport, what: string | null, out: Output, t: Translate): void {
  const { changes, dryRun, file } = report;
  if (what !== null || report.shadows.length > 0) out.result(verdict(report, what ?? '', out, t));
  if (changes.length > 0) out.result(changeTable(changes, out.width, t));
  if (changes.length > 0 && !dryRun && what !== null) out.result(`  ${t('changes.written', { file })}`);
  for (const shadow of report.shadows)
    for (const line of shadowLines(shadow, t)) out.warn(`${out.paintNote.yellow('!')} ${line}`);
  printWarnings(report.warnings, out, t);
}

function verdict(
  { changes, effective, dryRun, file, shadows }: ChangeReport,
  what: string,
  out: Output,
  t: Translate,
): string {
  const { green, red } = out.paint;
  const changed = changes.length > 0;
  if (dryRun) return changed ? t('changes.would', { file }) : t('changes.would-not');
  if (effective) return `${green('✓')} ${t(changed ? 'changes.in-effect' : 'changes.as-asked', { what })}`;
  if (shadows.length === 0) return `${red('✗')} ${t('changes.not-effective')}`;
  const variables = shadows.map(shadow => shadow.variable).join(', ');
  return `${red('✗')} ${t(changed ? 'changes.shadowed' : 'changes.shadowed-already', { variables })}`;
}

/** Prints warnings on stderr. */
export function printWarnings(warnings: readonly Warning[], out: Output, t: Translate): void {
  for (const warning of warnings) out.warn(`${out.paintNote.yellow('!')} ${wordWarning(warning, t)}`);
}

/** What a crash left and this run has put right, on stderr. */
export function printRepair(repaired: Leftovers | null, out: Output, t: Translate): void {
  if (repaired) out.note(leftoverLine(repaired, 'repaired', t));
}

/** What a crash left, in one line. */
export function leftoverLine(
  { journal, tookPlace, files }: Leftovers,
  tense: 'left' | 'repaired',
  t: Translate,
): string {
  if (!journal) return t(`changes.${tense}-files`, { count: files.length });
  return t(`changes.${tense}-${tookPlace ? 'finished' : 'unfinished'}`, { command: journal.command });
}

function changeTable(changes: readonly Change[], width: number, t: Translate): string {
  const rows = changes.map(({ key, from, to }) => [
    `  ${key}`,
    to ?? t('changes.unset'),
    from === null ? t('changes.was-unset') : t('changes.was', { value: from }),
  ]);
  return renderTable([{ title: '' }, { title: '' }, { title: '', droppable: 1 }], rows, width).replace(/^\s*\n/, '');
}

function shadowLines({ variable, value, origin, clear }: Shadow, t: Translate): string[] {
  if (!origin) return [t('shadow.unknown', { variable, value }), t('shadow.clear', { command: clear })];
  if (origin.scope) {
    const registry = t('shadow.registry', { variable, value, scope: origin.scope, file: origin.file });
    return [registry, t('shadow.clear', { command: clear })];
  }
  const { file, text } = origin;
  return [
    t('shadow.file', { variable, value, file, line: origin.line ?? '?', text }),
    t('shadow.clear-file', { command: clear }),
  ];
}
