import type { ChangeOutcome } from '../../changes/change-settings.ts';
import type { Change } from '../../changes/plan.ts';
import type { Shadow, ShadowOrigin } from '../../changes/shadow/shadow.ts';
import type { Translate } from '../../messages/index.ts';
import { leftoverSentence } from '../leftovers.ts';
import { type Drawing, type Line, note, result, warn } from '../line.ts';
import { warningLines } from '../warnings.ts';
import { renderTable } from './columns.ts';

/** A change as the commands report it: the outcome, what hides it, and all warnings. */
export interface ChangeReport
  extends Pick<ChangeOutcome, 'changes' | 'applied' | 'effective' | 'file' | 'warnings' | 'repaired'> {
  shadows: readonly Shadow[];
  dryRun: boolean;
}

/**
 * A change: the verdict, what was changed, and on stderr what to mind. `what` names it in the verdict; null where the verdict
 * stands elsewhere.
 */
export function changeTable(report: ChangeReport, what: string | null, drawing: Drawing): Line[] {
  const { changes, dryRun, file, shadows, warnings, repaired } = report;
  const { t, paintNote } = drawing;
  const written = changes.length > 0 && !dryRun && what !== null;
  return [
    ...(repaired ? [note(leftoverSentence(repaired, 'repaired', t))] : []),
    ...(what !== null || shadows.length > 0 ? [result(verdict(report, what ?? '', drawing))] : []),
    ...(changes.length > 0 ? [result(changed(changes, drawing))] : []),
    ...(written ? [result(`  ${t('changes.written', { file })}`)] : []),
    ...shadows.flatMap(shadow => shadowLines(shadow, t)).map(line => warn(`${paintNote.yellow('!')} ${line}`)),
    ...warningLines(warnings, drawing),
  ];
}

function verdict(report: ChangeReport, what: string, { t, paint }: Drawing): string {
  const { changes, effective, dryRun, file, shadows } = report;
  const isChange = changes.length > 0;
  if (dryRun) return isChange ? t('changes.would', { file }) : t('changes.would-not');
  if (effective && report.warnings.some(({ blocks }) => blocks)) {
    return `${paint.yellow('!')} ${t('changes.in-effect-but', { what })}`;
  }
  if (effective) return `${paint.green('✓')} ${t(isChange ? 'changes.in-effect' : 'changes.as-asked', { what })}`;
  if (shadows.length === 0) return `${paint.red('✗')} ${t('changes.not-effective')}`;
  const variables = shadows.map(shadow => shadow.variable).join(', ');
  return `${paint.red('✗')} ${t(isChange ? 'changes.shadowed' : 'changes.shadowed-already', { variables })}`;
}

function changed(changes: readonly Change[], { t, width }: Drawing): string {
  const rows = changes.map(({ key, from, to }) => [
    `  ${key}`,
    to ?? t('changes.unset'),
    from === null ? t('changes.was-unset') : t('changes.was', { value: from }),
  ]);
  return renderTable([{ title: '' }, { title: '' }, { title: '', droppable: 1 }], rows, width).replace(/^\s*\n/, '');
}

function shadowLines({ variable, value, origin, differing, clear }: Shadow, t: Translate): string[] {
  if (!origin) {
    const elsewhere = differing && t('shadow.differs', { file: placeOf(differing), text: differing.text });
    return [
      t('shadow.unknown', { variable, value }),
      ...(elsewhere ? [elsewhere] : []),
      t('shadow.clear', { command: clear }),
    ];
  }
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

const placeOf = ({ file, line }: ShadowOrigin): string => (line === null ? file : `${file}:${line}`);
