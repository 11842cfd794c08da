import { findShadow } from '../changes/shadow/find.ts';
import { undoLast } from '../changes/undo.ts';
import { readGoFacts } from '../go/facts.ts';
import { reporters } from '../report/reporters.ts';
import { tellWait } from './change-flow.ts';
import type { Command } from './command.ts';

/** Back to before the last change, byte for byte. */
export const undo: Command<{ dryRun?: boolean }> = async ({ context, out, t, name, options }) => {
  const dryRun = options.dryRun ?? false;
  const outcome = await undoLast(context, await readGoFacts(context), { dryRun, onWait: tellWait({ out, t }) });
  const { undone, file } = outcome;
  const shadows = await Promise.all(outcome.shadowedBy.map(variable => findShadow(context, variable)));
  const report = { ...outcome, shadows, dryRun };
  const { id, command, time } = undone;
  if (out.options.json) {
    out.json(name, { ...(await reporters.json.change())(report, t), undone: { id, command, time } });
  } else {
    const drawing = out.drawing(t);
    const done = `${drawing.paint.green('✓')} ${t('undo.done', { command, time, file })}`;
    out.result(dryRun ? t('undo.would', { command, time }) : done);
    out.show((await reporters.table.change()).changeTable(report, null, drawing));
  }
  return dryRun || outcome.effective ? 0 : 1;
};
