import { findShadow } from '../changes/shadow.ts';
import { undoLast } from '../changes/undo.ts';
import { readGoFacts } from '../go/facts.ts';
import { changeJson, printChange, printRepair } from '../report/change.ts';
import { tellWait } from './change-flow.ts';
import type { Command } from './command.ts';

export const undo: Command<{ dryRun?: boolean }> = async ({ context, out, t, name, options }) => {
  const dryRun = options.dryRun ?? false;
  const outcome = await undoLast(context, await readGoFacts(context), { dryRun, onWait: tellWait({ out, t }) });
  const { undone } = outcome;
  printRepair(outcome.repaired, out, t);
  const shadows = await Promise.all(outcome.shadowedBy.map(variable => findShadow(context, variable)));
  const report = { ...outcome, shadows, dryRun };
  out.json(name, { ...changeJson(report, t), undone: { id: undone.id, command: undone.command, time: undone.time } });
  const { command, time } = undone;
  const { file } = outcome;
  out.result(
    dryRun ? t('undo.would', { command, time }) : `${out.paint.green('✓')} ${t('undo.done', { command, time, file })}`,
  );
  if (!out.options.json) printChange(report, null, out, t);
  return dryRun || outcome.effective ? 0 : 1;
};
