import type { HistoryEntry } from '../../changes/history.ts';
import { type Drawing, type Line, note, result } from '../line.ts';
import { renderTable } from './columns.ts';

/** A change as `history` shows it. */
export type ShownChange = Pick<HistoryEntry, 'id' | 'time' | 'command' | 'changes'> & { undone: boolean };

/** One line a change, the newest first. */
export function historyTable(entries: readonly ShownChange[], { t, width }: Drawing): Line[] {
  if (entries.length === 0) return [note(t('history.none'))];
  const columns = [
    { title: t('history.id'), align: 'right' as const },
    { title: t('history.time'), droppable: 1 },
    { title: t('history.command') },
    { title: t('history.change') },
  ];
  const rows = entries.map(({ id, time, command, changes, undone }) => [
    String(id),
    localTime(time),
    undone ? `${command} (${t('history.undone')})` : command,
    changes.map(({ key, to }) => (to === null ? `-${key}` : `${key}=${to}`)).join(' '),
  ]);
  return [result(renderTable(columns, rows, width))];
}

/** `2026-11-22 18:40:05`, in the time zone of the user. */
function localTime(time: string): string {
  const date = new Date(time);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}
