import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Body } from '../modproxy/body.ts';
import type { Context } from '../system/context.ts';
import { ownFolder } from '../system/folders.ts';

/** Files stay in memory up to this much together, those on their way in too; what is more goes to disk. */
const memoryBytes = 24 * 1024 * 1024;
/** No file takes more of it than this. */
const mostInMemory = 8 * 1024 * 1024;
/** A file on disk is written in pieces of this size. */
const pieceBytes = 256 * 1024;
/** Smaller ones never go to disk: a go.mod, an `.info`. */
const leastOnDisk = 64 * 1024;
/** How much may lie here that nobody has asked for yet; never more than a quarter of what is free. */
const aheadBytes = 1024 * 1024 * 1024;

/** Where files wait between a mirror and go: a folder of this process alone, gone with it. */
export interface Spool {
  /** Starts one file. */
  writer(): SpoolWriter;
  /** Whether there is room to fetch ahead. */
  hasRoom(): boolean;
  /** Forgets a file. */
  release(body: Body): Promise<void>;
  close(): void;
}

/** One file on its way in. */
export interface SpoolWriter {
  write(chunk: Buffer): Promise<void>;
  finish(): Promise<Body>;
  /** Removes what came of it; nothing after `finish`. */
  discard(): Promise<void>;
}

/** Makes the folder, and removes those that dead processes left. Falls back to the system's temporary folder. */
export async function openSpool(context: Context): Promise<Spool> {
  const folder = await makeFolder(context);
  const { bavail, bsize } = await statfs(folder);
  const limit = Math.min(aheadBytes, (bavail * bsize) / 4);
  let held = 0;
  let inMemory = 0;
  let count = 0;
  let closed = false;
  const remove = (): void => {
    // A write that was under way may put its file back in the middle of this.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  };
  // Also where the process ends in the middle.
  process.on('exit', remove);
  return {
    writer() {
      let file: FileHandle | null = null;
      let waiting: Buffer[] = [];
      let waitingBytes = 0;
      let size = 0;
      let finished = false;
      const path = join(folder, String(count++));
      const flush = async (): Promise<void> => {
        if (closed) throw new Error('the spool is closed');
        file ??= await open(path, 'wx+', 0o600);
        const chunks = waiting;
        inMemory -= waitingBytes;
        waiting = [];
        waitingBytes = 0;
        // Not `writev`, which writes a part where the disk is full, and says nothing.
        if (chunks.length > 0) await file.writeFile(Buffer.concat(chunks));
      };
      return {
        async write(chunk) {
          waiting.push(chunk);
          waitingBytes += chunk.length;
          size += chunk.length;
          held += chunk.length;
          inMemory += chunk.length;
          const most = file ? pieceBytes : inMemory > memoryBytes ? leastOnDisk : mostInMemory;
          if (waitingBytes > most) await flush();
        },
        async finish() {
          finished = true;
          if (!file) return { kind: 'memory', bytes: Buffer.concat(waiting), size };
          await flush();
          await file.close();
          return { kind: 'disk', path, size };
        },
        async discard() {
          if (finished) return;
          held -= size;
          inMemory -= waitingBytes;
          if (!file) return;
          await file.close().catch(() => {});
          await rm(path, { force: true });
        },
      };
    },
    hasRoom: () => held < limit,
    async release(body) {
      held -= body.size;
      if (body.kind === 'memory') inMemory -= body.size;
      else await rm(body.path, { force: true });
    },
    close: () => {
      closed = true;
      process.off('exit', remove);
      remove();
    },
  };
}

async function makeFolder(context: Context): Promise<string> {
  const name = `${process.pid}-${randomBytes(6).toString('hex')}`;
  const own = ownFolder(context, 'cache');
  if (own) {
    const parent = join(own, 'relay');
    try {
      await mkdir(parent, { recursive: true, mode: 0o700 });
      await sweep(parent);
      mkdirSync(join(parent, name), { mode: 0o700 });
      return join(parent, name);
    } catch {
      // A cache folder that cannot be written: the temporary one serves as well.
    }
  }
  const parent = join(tmpdir(), 'go-mirror-relay');
  await mkdir(parent, { recursive: true, mode: 0o777 });
  await sweep(parent).catch(() => {});
  mkdirSync(join(parent, name), { mode: 0o700 });
  return join(parent, name);
}

/** Removes the folders of processes that are no more, or that are older than any run. */
async function sweep(parent: string): Promise<void> {
  const old = Date.now() - 7 * 24 * 3_600_000;
  for (const name of await readdir(parent)) {
    const pid = Number(name.split('-')[0]);
    const path = join(parent, name);
    const dead = !Number.isInteger(pid) || !isAlive(pid) || (await stat(path)).mtimeMs < old;
    if (dead) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
