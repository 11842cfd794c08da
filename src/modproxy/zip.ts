import type { FileHandle } from 'node:fs/promises';

/** One file inside a zip. */
export interface ZipEntry {
  name: string;
  /** 0 stored, 8 deflated. */
  method: number;
  compressedSize: number;
  size: number;
  /** Where its local header begins. */
  offset: number;
}

/** Where the bytes of a zip come from. */
export type ReadAt = (position: number, length: number) => Promise<Buffer>;

const endSignature = 0x06054b50;
const endSize = 22;
const entrySignature = 0x02014b50;
const entrySize = 46;
const end64Signature = 0x06064b50;
const locatorSize = 20;

/** A zip in memory. */
export function readFromMemory(bytes: Buffer): ReadAt {
  return async (position, length) => bytes.subarray(position, position + length);
}

/** A zip on disk. */
export function readFromFile(file: FileHandle): ReadAt {
  return async (position, length) => {
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await file.read(bytes, 0, length, position);
    return bytes.subarray(0, bytesRead);
  };
}

/** The list of files at the end of a zip of `size` bytes. Throws where this is no whole zip. */
export async function readZipEntries(read: ReadAt, size: number): Promise<ZipEntry[]> {
  const { count, start, length } = await readEnd(read, size);
  if (start + length > size) throw new Error('zip: not a valid zip file');
  const directory = await read(start, length);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + entrySize > directory.length || directory.readUInt32LE(at) !== entrySignature) {
      throw new Error('zip: not a valid zip file');
    }
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const extraStart = at + entrySize + nameLength;
    const entry: ZipEntry = {
      name: directory.toString('utf8', at + entrySize, extraStart),
      method: directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    };
    entries.push(withLargeSizes(entry, directory.subarray(extraStart, extraStart + extraLength)));
    at = extraStart + extraLength + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function readEnd(read: ReadAt, size: number): Promise<{ count: number; start: number; length: number }> {
  const tailSize = Math.min(size, endSize + 0xffff + locatorSize);
  const tail = await read(size - tailSize, tailSize);
  for (let at = tail.length - endSize; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== endSignature || at + endSize + tail.readUInt16LE(at + 20) > tail.length) continue;
    const end = {
      count: tail.readUInt16LE(at + 10),
      length: tail.readUInt32LE(at + 12),
      start: tail.readUInt32LE(at + 16),
    };
    if (end.count !== 0xffff && end.length !== 0xffffffff && end.start !== 0xffffffff) return end;
    const large = await read(Number(tail.readBigUInt64LE(at - locatorSize + 8)), 56);
    if (large.length < 56 || large.readUInt32LE(0) !== end64Signature) break;
    return {
      count: Number(large.readBigUInt64LE(32)),
      length: Number(large.readBigUInt64LE(40)),
      start: Number(large.readBigUInt64LE(48)),
    };
  }
  throw new Error('zip: not a valid zip file');
}

/** Sizes of 4 GiB and more stand in an extra field (zip64). */
function withLargeSizes(entry: ZipEntry, extra: Buffer): ZipEntry {
  const large = { ...entry };
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let field = at + 4;
    for (const key of ['size', 'compressedSize', 'offset'] as const) {
      if (large[key] !== 0xffffffff || field + 8 > extra.length) continue;
      large[key] = Number(extra.readBigUInt64LE(field));
      field += 8;
    }
  }
  return large;
}
