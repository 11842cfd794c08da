import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, syncFolder, writeWhole } from '../system/files.ts';
import { entryFile, type HistoryEntry, historyIds } from './history.ts';

/**
 * The journal: the entry of a change that is about to take place, with the file before and after. It is written before the
 * settings file is replaced and moved into the history afterwards, so that whoever comes after a crash can tell how far it got.
 */
export const journalFile = (folder: string): string => join(folder, 'pending.json');

export type Intent = Omit<HistoryEntry, 'version' | 'id' | 'time'>;

/** Writes the journal and returns its entry. */
export async function begin(folder: string, intent: Intent): Promise<HistoryEntry> {
  await makeFolder(join(folder, 'history'), 0o700);
  const [newest = 0] = await historyIds(folder);
  const entry: HistoryEntry = { version: 1, id: newest + 1, time: new Date().toISOString(), ...intent };
  await writeWhole(journalFile(folder), `${JSON.stringify(entry, null, 2)}\n`, 0o600);
  return entry;
}

/** The change has taken place: its entry is history. */
export async function settle(folder: string, entry: HistoryEntry): Promise<void> {
  const file = entryFile(folder, entry.id);
  await rename(journalFile(folder), file);
  await syncFolder(dirname(file));
}

/** The change has not taken place. */
export async function abandon(folder: string): Promise<void> {
  await rm(journalFile(folder), { force: true });
}
