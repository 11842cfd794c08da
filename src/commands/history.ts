import { type HistoryEntry, readHistory, stateFolder } from '../changes/history.ts';
import { locateEnvFile } from '../go/env-file.ts';
import { renderTable } from '../report/table.ts';
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
  if (shown.length === 0) out.note(t('history.none'));
  else {
    const columns = [
      { title: t('history.id'), align: 'right' as const },
      { title: t('history.time'), droppable: 1 },
      { title: t('history.command') },
      { title: t('history.change') },
    ];
    const rows = shown.map(entry => [
      String(entry.id),
      localTime(entry.time),
      entry.undone ? `${entry.command} (${t('history.undone')})` : entry.command,
      entry.changes.map(({ key, to }) => (to === null ? `-${key}` : `${key}=${to}`)).join(' '),
    ]);
    out.result(renderTable(columns, rows, out.width));
  }
  return 0;
};

/** `2026-11-22 18:40:05`, in the time zone of the user. */
function localTime(time: string): string {
  const date = new Date(time);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}
