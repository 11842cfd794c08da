import { type HistoryEntry, readHistory, stateFolder } from '../changes/history.ts';
import { locateEnvFile } from '../go/env-file.ts';
import { reporters } from '../report/reporters.ts';
import type { Command } from './command.ts';
import { mentionLeftovers } from './leftovers.ts';

export const history: Command = async invocation => {
  const { context, out, t, name } = invocation;
  const folder = stateFolder(context);
  const located = locateEnvFile(context);
  await mentionLeftovers(invocation, located.kind === 'file' ? located.path : null);
  const entries: HistoryEntry[] = [];
  for await (const entry of readHistory(folder)) entries.push(entry);
  const undone = new Set(entries.flatMap(entry => entry.undoes ?? []));
  const shown = entries.map(({ id, time, command, file, changes, undoes }) => ({
    id,
    time,
    command,
    file,
    changes,
    undoes,
    undone: undone.has(id),
  }));
  out.json(name, { entries: shown });
  out.show((await reporters.table.history()).historyTable(shown, out.drawing(t)));
  return 0;
};
