import { promisify } from 'node:util';
import { crc32, createInflateRaw, inflateRaw, inflateRawSync } from 'node:zlib';
import type { Source } from './source.ts';
import type { PlacedEntry } from './zip.ts';
import { ZipError } from './zip-error.ts';
import { localHeaderSize } from './zip-header.ts';

/** What is larger is read piece by piece. */
const wholeBytes = 4 * 1024 * 1024;
const pieceBytes = 1024 * 1024;
/** What is smaller is unpacked here and now: to hand it to another thread takes longer. */
const onTheSpotBytes = 48 * 1024;
const localSignature = 0x04034b50;
const descriptorSignature = 0x08074b50;

/**
 * Hands the content of an entry to `take`, in pieces, at most some megabytes in memory. Checks what Go's `File.Open` and its
 * reader check: header, method, both sizes, the checksum (one of 0 only where it stands behind the content too), and that a
 * folder is empty. Throws a `ZipError`.
 */
export async function readContent(source: Source, entry: PlacedEntry, take: (piece: Buffer) => void): Promise<void> {
  const start = await contentStart(source, entry);
  if (entry.name.endsWith('/')) {
    if (entry.size !== 0) throw new ZipError();
    return;
  }
  if (entry.method !== 0 && entry.method !== 8) throw new ZipError('zip: unsupported compression algorithm');
  let size = 0;
  let crc = 0;
  const note = (piece: Buffer): void => {
    size += piece.length;
    if (size > entry.size) throw new ZipError();
    crc = crc32(piece, crc);
    take(piece);
  };
  const isSmall = entry.compressedSize <= wholeBytes && entry.size <= wholeBytes;
  if (entry.method === 0) for await (const piece of pieces(source, start, entry.compressedSize)) note(piece);
  else if (isSmall) note(await inflated(await exactly(source, start, entry.compressedSize), entry.size));
  else await inflate(pieces(source, start, entry.compressedSize), note);
  if (size !== entry.size) throw new ZipError('unexpected EOF');
  if (entry.hasDescriptor) await checkDescriptor(source, start + entry.compressedSize, entry);
  if ((entry.hasDescriptor || entry.crc !== 0) && crc !== entry.crc) throw new ZipError('zip: checksum error');
}

async function contentStart(source: Source, { offset, compressedSize, end }: PlacedEntry): Promise<number> {
  const header = await exactly(source, offset, localHeaderSize);
  if (header.readUInt32LE(0) !== localSignature) throw new ZipError();
  const start = offset + localHeaderSize + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + compressedSize > end) throw new ZipError('zip: entries overlap');
  return start;
}

/** The checksum behind the content, with or without a signature before it (archive/zip `readDataDescriptor`). */
async function checkDescriptor(source: Source, position: number, { crc }: PlacedEntry): Promise<void> {
  const bytes = await source.read(position, 16);
  const at = bytes.length >= 4 && bytes.readUInt32LE(0) === descriptorSignature ? 4 : 0;
  if (bytes.length < at + 12) throw new ZipError('unexpected EOF');
  if (bytes.readUInt32LE(at) !== crc) throw new ZipError('zip: checksum error');
}

const inflateElsewhere = promisify(inflateRaw);

async function inflated(packed: Buffer, size: number): Promise<Buffer> {
  // One piece of memory for all of it; less than 64 bytes zlib does not take.
  const options = { maxOutputLength: size + 1, chunkSize: Math.max(64, size + 1) };
  try {
    return size < onTheSpotBytes ? inflateRawSync(packed, options) : await inflateElsewhere(packed, options);
  } catch {
    throw new ZipError('flate: corrupt input');
  }
}

/** What follows the end of the deflated data is left alone, as Go leaves it. */
async function inflate(packed: AsyncIterable<Buffer>, take: (piece: Buffer) => void): Promise<void> {
  const stream = createInflateRaw({ chunkSize: 256 * 1024 });
  let isOver = false;
  const output = (async () => {
    for await (const piece of stream) take(piece as Buffer);
  })()
    .catch((error: unknown) => {
      throw error instanceof ZipError ? error : new ZipError('flate: corrupt input');
    })
    .finally(() => {
      isOver = true;
    });
  output.catch(() => {});
  try {
    for await (const piece of packed) {
      if (isOver) break;
      if (!stream.write(piece)) await Promise.race([new Promise(resolve => stream.once('drain', resolve)), output]);
    }
    stream.end();
    await output;
  } finally {
    stream.destroy();
  }
}

async function* pieces(source: Source, start: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; at += pieceBytes) yield exactly(source, start + at, Math.min(pieceBytes, length - at));
}

async function exactly(source: Source, position: number, length: number): Promise<Buffer> {
  const bytes = await source.read(position, length);
  if (bytes.length < length) throw new ZipError('unexpected EOF');
  return bytes;
}
