import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labCache } from './machine.ts';

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
  const temporary = await mkdtemp(`${folder}.part-`);
  try {
    if (existsSync(folder)) return folder; // The one before us made it.
    const started = performance.now();
    process.stderr.write(`lab: making ${folder.slice(labCache.length + 1)}\n`);
    await make(temporary);
    await rename(temporary, folder);
    process.stderr.write(`lab: made in ${Math.round((performance.now() - started) / 1000)} s\n`);
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

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
