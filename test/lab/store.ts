import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { labCache } from './machine.ts';

/** The folders that this process asked for. */
export const inUse = new Set<string>();

const underway = new Map<string, Promise<string>>();

/**
 * A folder of the lab's cache that is made once and then kept: `make` fills an empty folder, which appears under its name only when
 * it is complete. Other inputs, another folder. Test files and working trees that need it at the same time wait for the first.
 */
export function prepared(
  name: string,
  inputs: readonly (string | Buffer)[],
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(input).update('\0');
  const folder = join(labCache, `${name}-${hash.digest('hex').slice(0, 12)}`);
  inUse.add(folder);
  if (existsSync(folder)) return Promise.resolve(folder);
  const known = underway.get(folder);
  if (known) return known;
  const made = makeOnce(folder, make).finally(() => underway.delete(folder));
  underway.set(folder, made);
  return made;
}

async function makeOnce(folder: string, make: (folder: string) => Promise<void>): Promise<string> {
  await mkdir(labCache, { recursive: true });
  const unlock = await lock(`${folder}.lock`);
  const part = `${folder}.part-`;
  const temporary = await mkdtemp(part);
  try {
    if (existsSync(folder)) return folder; // The one before us made it.
    for (const name of await readdir(labCache)) {
      const left = join(labCache, name); // By one that was killed, as the lock is ours.
      if (left.startsWith(part) && left !== temporary) await rm(left, { recursive: true, force: true });
    }
    const started = performance.now();
    process.stderr.write(`lab: making ${basename(folder)}\n`);
    await make(temporary);
    await rename(temporary, folder);
    process.stderr.write(`lab: made ${basename(folder)} in ${Math.round((performance.now() - started) / 1000)} s\n`);
    return folder;
  } finally {
    await rm(temporary, { recursive: true, force: true });
    await unlock();
  }
}

/** A lock file with the process id of its holder; that of a process that is gone is taken over. */
async function lock(file: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch {
      const holder = Number(await readFile(file, 'utf8').catch(() => ''));
      if (holder > 0 && !isRunning(holder)) await rm(file, { force: true });
      else await new Promise(wake => setTimeout(wake, 200));
    }
  }
}

/** Whether a process of this machine is there still. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
