import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../system/context.ts';
import { removeTree } from '../system/remove-tree.ts';

/** A temporary folder of one's own. */
export interface Scratch {
  readonly folder: string;
  /** Registers work that uses the folder: it is not removed before that has ended, also where nobody waits for it any more. */
  keepFor<T>(work: Promise<T>): Promise<T>;
}

/** Work that has been told to end has this long to do so before its folder goes from under it. */
const endingMs = 3000;

/**
 * Does the work with a temporary folder (in TMPDIR) that is gone afterwards, whatever the work does. Null where none can be made:
 * `reason` is the code of the system then (`ENOENT`, `EACCES`, `ENOSPC`).
 */
export async function withScratch<T>(
  { env }: Pick<Context, 'env'>,
  work: (scratch: Scratch | null, reason: string) => Promise<T>,
): Promise<T> {
  let folder: string;
  try {
    folder = await mkdtemp(join(env.TMPDIR || tmpdir(), 'go-mirror-'));
  } catch (error) {
    return work(null, (error as NodeJS.ErrnoException).code ?? '');
  }
  const pending = new Set<Promise<unknown>>();
  const keepFor = <R>(running: Promise<R>): Promise<R> => {
    pending.add(running);
    running.then(
      () => pending.delete(running),
      () => pending.delete(running),
    );
    return running;
  };
  try {
    return await work({ folder, keepFor }, '');
  } finally {
    await settled([...pending]);
    await removeTree(folder).catch(() => {});
  }
}

async function settled(pending: readonly Promise<unknown>[]): Promise<void> {
  if (pending.length === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, endingMs);
  });
  await Promise.race([Promise.allSettled(pending), late]);
  clearTimeout(timer);
}
