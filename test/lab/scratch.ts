import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { labCache } from './machine.ts';
import { removeTree } from './sandbox.ts';
import { isRunning } from './store.ts';

/** Sources and compiled packages of what is being made: caches of this process, dropped when it is made. */
export interface Scratch {
  /** For GOMODCACHE. */
  readonly modules: string;
  /** For GOCACHE. */
  readonly build: string;
}

let current: Promise<{ folder: string } & Scratch> | undefined;
let users = 0;

/** Calls within a call share its caches; when the outermost ends they are gone. */
export async function withScratch<T>(work: (scratch: Scratch) => Promise<T>): Promise<T> {
  users++;
  current ??= open();
  const { folder, ...scratch } = await current;
  try {
    return await work(scratch);
  } finally {
    if (--users === 0) {
      current = undefined;
      await removeTree(folder);
    }
  }
}

async function open(): Promise<{ folder: string } & Scratch> {
  await mkdir(labCache, { recursive: true });
  for (const name of await readdir(labCache)) {
    const pid = /^scratch-(\d+)-/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) await removeTree(join(labCache, name)); // It was killed.
  }
  const folder = await mkdtemp(join(labCache, `scratch-${process.pid}-`));
  return { folder, modules: join(folder, 'modules'), build: join(folder, 'build') };
}
