import { readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from './context.ts';
import { CliError } from './errors.ts';
import { makeFolder } from './files.ts';
import { isRunning, type Owner, ownerToken, parseOwner, thisOwner } from './owner.ts';

export interface LockOptions {
  /** How long to wait for another go-mirror, milliseconds. Default 60,000. */
  waitMs?: number;
  /** Told once when the wait is longer than a second. */
  onWait?: (owner: Owner) => void;
}

const pollMs = 25;

/**
 * Does the work while this process alone holds the lock of the folder (made where it is missing). The lock is a folder `lock`
 * that holds one file, named after its owner. It is taken by renaming a prepared folder to that name, which fails while there is
 * one that is not empty; a dead owner's file is removed by its name, so that nobody can remove the lock of a living one.
 * Throws `lock.held` after `waitMs`, naming who holds it.
 */
export async function withLock<T>(
  context: Context,
  folder: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  await makeFolder(folder, 0o700);
  const token = ownerToken(await thisOwner());
  const prepared = join(folder, `.lock~${token}`);
  await makeFolder(prepared, 0o700);
  try {
    await writeFile(join(prepared, token), '', { mode: 0o600 });
    await take(context, prepared, join(folder, 'lock'), options);
  } catch (error) {
    await rm(prepared, { recursive: true, force: true });
    throw error;
  }
  try {
    return await work();
  } finally {
    await release(join(folder, 'lock'), token);
  }
}

/** Who holds the lock of a folder right now, running or not; null where nobody does. */
export async function lockOwner(folder: string): Promise<{ owner: Owner; running: boolean } | null> {
  for (const name of await readdir(join(folder, 'lock')).catch(() => [])) {
    const owner = parseOwner(name);
    if (owner) return { owner, running: await isRunning(owner, join(folder, 'lock', name)) };
  }
  return null;
}

async function take(context: Context, prepared: string, lock: string, options: LockOptions): Promise<void> {
  const { waitMs = 60_000, onWait } = options;
  const started = Date.now();
  let told = false;
  while (!(await renamed(context, prepared, lock))) {
    const owner = await evictDead(lock);
    const waited = Date.now() - started;
    if (waited > waitMs) {
      const seconds = Math.round(waitMs / 1000);
      throw new CliError('lock.held', { pid: owner?.pid ?? '?', host: owner?.host ?? '?', seconds, lock });
    }
    if (owner && !told && waited > 1000) {
      told = true;
      onWait?.(owner);
    }
    await sleep(owner ? pollMs + Math.random() * pollMs : 1, undefined, { signal: context.signal });
  }
}

/** Whether the prepared folder is now the lock. */
async function renamed({ platform }: Context, prepared: string, lock: string): Promise<boolean> {
  try {
    await rename(prepared, lock);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    if (platform !== 'win32' || !['EPERM', 'EACCES', 'EBUSY'].includes(code)) throw error;
    // Windows does not rename over a folder, not even an empty one.
    await rmdir(lock).catch(() => {});
    return false;
  }
}

/** Removes the mark of an owner that is dead. Returns the one that lives, or null. */
async function evictDead(lock: string): Promise<Owner | null> {
  for (const name of await readdir(lock).catch(() => [])) {
    const owner = parseOwner(name);
    if (owner && (await isRunning(owner, join(lock, name)))) return owner;
    await unlink(join(lock, name)).catch(() => {});
  }
  return null;
}

async function release(lock: string, token: string): Promise<void> {
  await unlink(join(lock, token)).catch(() => {});
  await rmdir(lock).catch(() => {});
}
