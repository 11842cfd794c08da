import { chown, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isRunning, ownerToken, parseOwner, thisOwner } from './owner.ts';
import { isRoot } from './user.ts';

const mark = '.go-mirror~';

/** A name for a temporary file beside `file`, from which one sees whose it is. */
export async function temporaryBeside(file: string): Promise<string> {
  return join(dirname(file), `.${basename(file)}${mark}${ownerToken(await thisOwner())}`);
}

/** Whether a path is such a name. */
export const isTemporary = (path: string): boolean => basename(path).includes(mark);

/** The temporary files that processes which run no more have left beside `file`. */
export async function leftBeside(file: string): Promise<string[]> {
  const prefix = `.${basename(file)}${mark}`;
  const left: string[] = [];
  for (const name of await readdir(dirname(file)).catch(() => [])) {
    const owner = name.startsWith(prefix) ? parseOwner(name.slice(prefix.length)) : null;
    const path = join(dirname(file), name);
    if (owner && !(await isRunning(owner, path))) left.push(path);
  }
  return left;
}

/** Replaces a file as a whole, and has it on the disk before it returns: a crash leaves the old or the new one. */
export async function writeWhole(file: string, data: string | Buffer, mode: number): Promise<void> {
  const temporary = await temporaryBeside(file);
  try {
    await writeSynced(temporary, data, mode);
    await rename(temporary, file);
    await syncFolder(dirname(file));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Makes a folder and those above it that are missing. What root makes in a user's folder belongs to that user. */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  const last = resolve(folder); // HOME may be relative.
  const first = await mkdir(last, { recursive: true, mode });
  if (first === undefined || !isRoot()) return;
  const { uid, gid } = await stat(dirname(first));
  for (let made = last; made.length >= first.length; made = dirname(made)) await chown(made, uid, gid);
}

/** Writes a file and waits until it is on the disk. */
async function writeSynced(file: string, data: string | Buffer, mode: number): Promise<void> {
  const handle = await open(file, 'w', mode);
  try {
    if (isRoot()) {
      const { uid, gid } = await stat(dirname(file));
      await handle.chown(uid, gid);
    }
    await handle.writeFile(data);
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Has the names in a folder on the disk. Some systems and file systems cannot, which is no failure. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
