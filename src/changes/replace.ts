import { open, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder, syncFolder, temporaryBeside } from '../system/files.ts';
import { keep } from './history.ts';
import { abandon, begin, type Intent, settle } from './journal.ts';
import { assertWritable, type Snapshot, sameContent, snapshot } from './target.ts';

/** The settings file was changed by another hand between reading and replacing it: nothing was written. */
export class ChangedMeanwhile extends Error {}

export interface Replacement extends Omit<Intent, 'before' | 'after'> {
  before: Snapshot;
  /** Makes the new file at this path, where nothing is yet. To make none means that the settings file is to go. */
  make: (temporary: string) => Promise<void>;
  /** Throws when the new file is not what was planned. */
  verify?: (after: Snapshot) => void;
}

/**
 * Replaces the settings file as a whole, with its mode and owner kept, and writes it down in the history. Returns the id of the
 * entry. A crash at any point leaves the old or the new file, and enough to tell which. Call it with the lock held.
 */
export async function replaceSettings(folder: string, replacement: Replacement): Promise<number> {
  const { make, verify, before, ...intent } = replacement;
  const { file } = intent;
  await assertWritable(file);
  await makeFolder(dirname(file));
  const temporary = await temporaryBeside(file);
  let replaced = false;
  try {
    await make(temporary);
    const after = await snapshot(temporary);
    verify?.(after);
    if (after.exists) await takeOver(temporary, file, before);
    const mode = after.exists ? (before.mode ?? after.mode) : null;
    const entry = await begin(folder, { ...intent, before: keep(before), after: keep({ ...after, mode }) });
    if (!sameContent(await snapshot(file), before)) throw new ChangedMeanwhile();
    await (after.exists ? rename(temporary, file) : unlink(file));
    replaced = true;
    await syncFolder(dirname(file));
    await settle(folder, entry);
    return entry.id;
  } catch (error) {
    if (!replaced) await undoPreparations(folder, temporary);
    throw error;
  }
}

async function undoPreparations(folder: string, temporary: string): Promise<void> {
  await rm(temporary, { force: true }).catch(() => {});
  await abandon(folder).catch(() => {});
}

/** Gives the new file the mode and owner of the old one, and has it on the disk. Root's new file in a user's folder is that user's. */
async function takeOver(temporary: string, file: string, before: Snapshot): Promise<void> {
  const handle = await open(temporary, 'r+');
  try {
    const made = await handle.stat();
    const owner = before.owner ?? (made.uid === 0 ? await stat(dirname(file)) : made);
    if (owner.uid !== made.uid || owner.gid !== made.gid) {
      await handle.chown(owner.uid, owner.gid).catch((error: unknown) => {
        if (owner.uid !== made.uid) throw error;
      });
    }
    if (before.mode !== null) await handle.chmod(before.mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
