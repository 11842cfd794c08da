import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { leftBeside } from '../system/files.ts';
import { lockOwner } from '../system/lock.ts';
import { isRunning, parseOwner } from '../system/owner.ts';
import { type HistoryEntry, readEntry, restored } from './history.ts';
import { abandon, journalFile, settle } from './journal.ts';
import { sameContent, snapshot } from './target.ts';

/** What a go-mirror that was killed has left. */
export interface Leftovers {
  /** The change it was about to make, or null. */
  journal: HistoryEntry | null;
  /** Whether that change reached the settings file. */
  tookPlace: boolean;
  /** Temporary files and folders that nobody uses any more. */
  files: string[];
}

/**
 * Looks for what a crash left, in the state folder and beside the settings file (null: not known). Null where there is nothing,
 * and while another go-mirror is at work. Writes nothing.
 */
export async function findLeftovers(folder: string, settingsFile: string | null): Promise<Leftovers | null> {
  return (await lockOwner(folder))?.running ? null : collect(folder, settingsFile);
}

/** Puts right what a crash left: a change that reached the file becomes history, everything else is removed. Call it with the lock held. */
export async function repair(folder: string, settingsFile: string | null): Promise<Leftovers | null> {
  const found = await collect(folder, settingsFile);
  if (!found) return null;
  if (found.journal && found.tookPlace) await settle(folder, found.journal);
  else await abandon(folder);
  for (const file of found.files) await rm(file, { recursive: true, force: true });
  return found;
}

async function collect(folder: string, settingsFile: string | null): Promise<Leftovers | null> {
  const journal = await readEntry(journalFile(folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const places = new Set([settingsFile, journal?.file, journalFile(folder)].filter(place => place != null));
  const beside = await Promise.all([...places].map(leftBeside));
  const files = [...beside.flat(), ...(await leftLocks(folder))];
  if (!journal && files.length === 0) return null;
  return { journal, tookPlace: journal !== null && (await tookPlace(journal, files)), files };
}

/** The file says so itself, unless another hand has changed it since: then the temporary copy that is still there says it did not. */
async function tookPlace(journal: HistoryEntry, files: readonly string[]): Promise<boolean> {
  const now = await snapshot(journal.file);
  if (sameContent(now, restored(journal.after))) return true;
  if (sameContent(now, restored(journal.before))) return false;
  return !journal.after.exists || !(await leftBeside(journal.file)).some(file => files.includes(file));
}

/** Locks that were prepared and never taken. */
async function leftLocks(folder: string): Promise<string[]> {
  const left: string[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const owner = name.startsWith('.lock~') ? parseOwner(name.slice('.lock~'.length)) : null;
    const path = join(folder, name);
    if (owner && !(await isRunning(owner, path))) left.push(path);
  }
  return left;
}
