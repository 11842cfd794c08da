import type { Source } from './source.ts';
import { ZipError } from './zip-error.ts';
import { headerSize, readHeader } from './zip-header.ts';

/** Where the directory of a zip stands, and what is said about it. */
interface ZipEnd {
  /** Of the first header. */
  start: number;
  /** What is added to every offset: more than 0 where something stands before the zip, as in a self-extracting one. */
  baseOffset: number;
  /** The last 16 bits of the number of entries: more is not written everywhere, and Go compares no more. */
  count: number;
}

const endSize = 22;
const endSignature = 0x06054b50;
/** How far from the end Go looks for the end record. */
const tailBytes = 65 * 1024;
const locatorSize = 20;
const locatorSignature = 0x07064b50;
const end64Size = 56;
const end64Signature = 0x06064b50;

/** Finds the directory, as `readDirectoryEnd` (archive/zip/reader.go). Offsets and sizes beyond 2^53 are refused here. */
export async function readEnd(source: Source): Promise<ZipEnd> {
  const tail = await source.read(Math.max(0, source.size - tailBytes), tailBytes);
  const at = lastEnd(tail);
  let position = source.size - tail.length + at;
  let end = { count: tail.readUInt16LE(at + 10), size: tail.readUInt32LE(at + 12), offset: tail.readUInt32LE(at + 16) };
  // Go compares the size with 0xffff, not with 0xffffffff.
  if (end.count === 0xffff || end.size === 0xffff || end.offset === 0xffffffff) {
    const large = await readEnd64(source, position);
    if (large) ({ position, ...end } = large);
  }
  if (end.offset > Number.MAX_SAFE_INTEGER || end.size > position) throw new ZipError();
  const start = position - end.size;
  if (start >= source.size) throw new ZipError();
  const baseOffset = start - end.offset;
  if (baseOffset > 0 && (await isHeader(source, end.offset)))
    return { start: end.offset, baseOffset: 0, count: end.count };
  return { start, baseOffset, count: end.count };
}

function lastEnd(tail: Buffer): number {
  for (let at = tail.length - endSize; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== endSignature) continue;
    if (at + endSize + tail.readUInt16LE(at + 20) > tail.length) break;
    return at;
  }
  throw new ZipError();
}

/** The end record of a zip64, or null where no locator leads to one. */
async function readEnd64(
  source: Source,
  position: number,
): Promise<{ position: number; count: number; size: number; offset: number } | null> {
  const locator = await source.read(position - locatorSize, position < locatorSize ? 0 : locatorSize);
  if (locator.length < locatorSize || locator.readUInt32LE(0) !== locatorSignature) return null;
  if (locator.readUInt32LE(4) !== 0 || locator.readUInt32LE(16) !== 1) return null;
  const place = Number(locator.readBigUInt64LE(8));
  if (place >= 2 ** 63) return null;
  const record = place < source.size ? await source.read(place, end64Size) : Buffer.alloc(0);
  if (record.length < end64Size || record.readUInt32LE(0) !== end64Signature) throw new ZipError();
  return {
    position: place,
    count: Number(record.readBigUInt64LE(32) & 0xffffn),
    size: Number(record.readBigUInt64LE(40)),
    offset: Number(record.readBigUInt64LE(48)),
  };
}

/** Whether a whole header stands here: some zips name a wrong base offset, and Go then takes 0. */
async function isHeader(source: Source, position: number): Promise<boolean> {
  return typeof readHeader(await source.read(position, headerSize + 3 * 0xffff), 0) === 'object';
}
