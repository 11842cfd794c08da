import { rmSync } from 'node:fs';
import { type FileHandle, mkdir, mkdtemp, open, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Body } from '../modproxy/body.ts';
import type { Context } from '../system/context.ts';
import { ownFolder } from '../system/folders.ts';
import { isRunning, ownerToken, parseOwner, thisOwner } from '../system/owner.ts';

/** Files stay in memory up to this much together, those on their way in too; what is more goes to disk. */
const memoryBytes = 32 * 1024 * 1024;
/** No file takes more of it than this. */
const mostInMemory = 8 * 1024 * 1024;
/** A file on disk is written in pieces of this size. */
const pieceBytes = 256 * 1024;
/** Smaller ones never go to disk, and are put together at the end: a go.mod, an `.info`. */
const leastOnDisk = 16 * 1024;
/** How much may lie here that nobody has asked for yet; never more than a quarter of what is free. */
const aheadBytes = 1024 * 1024 * 1024;

/** Folders in the system's temporary one begin so. */
const inTemporary = 'go-mirror-relay-';
const foreignAfterMs = 7 * 24 * 3_600_000;

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
  /** How many bytes are to come. */
  expect(size: number): void;
  /** Null: it is in memory, and there is nothing to wait for. */
  write(chunk: Buffer): Promise<void> | null;
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
      /** Room for all that is to come: to keep what arrives in its own pieces takes fresh memory for each, which is what costs most. */
      let room: Buffer | null = null;
      let size = 0;
      let finished = false;
      const path = join(folder, String(count++));
      const flush = async (): Promise<void> => {
        if (closed) throw new Error('the spool is closed');
        file ??= await open(path, 'wx+', 0o600);
        const [chunks, bytes] = [room ? [room.subarray(0, waitingBytes)] : waiting, waitingBytes];
        inMemory -= waitingBytes;
        room = null;
        waiting = [];
        waitingBytes = 0;
        if (bytes > 0) await writeAll(file, chunks, bytes);
      };
      return {
        expect(bytes) {
          const isLarge = bytes > leastOnDisk && bytes <= mostInMemory && inMemory + bytes <= memoryBytes;
          if (isLarge && size === 0) room = Buffer.allocUnsafeSlow(bytes);
        },
        write(chunk) {
          if (room && waitingBytes + chunk.length > room.length) {
            waiting.push(room.subarray(0, waitingBytes));
            room = null;
          }
          if (room) chunk.copy(room, waitingBytes);
          else waiting.push(chunk);
          waitingBytes += chunk.length;
          size += chunk.length;
          held += chunk.length;
          inMemory += chunk.length;
          const most = file ? pieceBytes : inMemory > memoryBytes ? leastOnDisk : mostInMemory;
          return waitingBytes > most ? flush() : null;
        },
        async finish() {
          finished = true;
          if (!file) {
            const bytes = room?.length === size ? room : Buffer.concat(room ? [room.subarray(0, size)] : waiting);
            return { kind: 'memory', bytes, size };
          }
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

/** Of a disk that gets full `writev` writes a part and says nothing: the rest meets the error. */
async function writeAll(file: FileHandle, chunks: readonly Buffer[], bytes: number): Promise<void> {
  const { bytesWritten } = await file.writev(chunks);
  if (bytesWritten < bytes) await file.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
}

/** A folder of this process alone, named by it: in the cache folder, else in the system's temporary one, which all users share. */
async function makeFolder(context: Context): Promise<string> {
  const name = `${ownerToken(await thisOwner())}~`;
  const own = ownFolder(context, 'cache');
  if (own) {
    const parent = join(own, 'relay');
    try {
      await mkdir(parent, { recursive: true, mode: 0o700 });
      await sweep(parent, '');
      return await mkdtemp(join(parent, name));
    } catch {
      // A cache folder that cannot be written: the temporary one serves as well.
    }
  }
  await sweep(tmpdir(), inTemporary);
  return mkdtemp(join(tmpdir(), inTemporary + name));
}

/** Removes the folders of processes that are no more. Those of other users it cannot, and those of other machines it leaves for a week. */
async function sweep(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const owner = name.startsWith(prefix) ? parseOwner(name.slice(prefix.length).replace(/~[^~]*$/, '')) : null;
    const path = join(parent, name);
    if (owner && !(await isRunning(owner, path, foreignAfterMs)))
      await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
