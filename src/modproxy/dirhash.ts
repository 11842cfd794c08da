import { createHash, hash } from 'node:crypto';
import { createInflateRaw, inflateRawSync } from 'node:zlib';
import { type ReadAt, readZipEntries, type ZipEntry } from './zip.ts';

/** Files larger than this are hashed piece by piece. */
const wholeBytes = 4 * 1024 * 1024;
const pieceBytes = 1024 * 1024;
const localHeaderSize = 30;

/** The `h1:` hash of a module zip: `dirhash.HashZip` (golang.org/x/mod/sumdb/dirhash). Throws for a damaged zip. */
export async function hashZip(read: ReadAt, size: number): Promise<string> {
  const entries = await readZipEntries(read, size);
  const lines: { name: string; sum: string }[] = [];
  for (const entry of entries) lines.push({ name: entry.name, sum: await hashEntry(read, entry) });
  return hash1(lines);
}

/** The `h1:` hash of a go.mod: `modfetch.goModSum`. */
export function hashGoMod(bytes: Buffer): string {
  return hash1([{ name: 'go.mod', sum: hash('sha256', bytes) }]);
}

/** As `sha256sum FILES | sort -k2 | sha256sum`, base64. */
function hash1(lines: { name: string; sum: string }[]): string {
  const sorted = lines.sort((one, other) => (one.name < other.name ? -1 : 1));
  const text = sorted.map(({ name, sum }) => `${sum}  ${name}\n`).join('');
  return `h1:${hash('sha256', text, 'base64')}`;
}

async function hashEntry(read: ReadAt, entry: ZipEntry): Promise<string> {
  const header = await read(entry.offset, localHeaderSize);
  if (header.length < localHeaderSize) throw new Error('zip: not a valid zip file');
  const start = entry.offset + localHeaderSize + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (entry.method !== 0 && entry.method !== 8) throw new Error('zip: unsupported compression algorithm');
  if (entry.compressedSize > wholeBytes || entry.size > wholeBytes) return hashLarge(read, entry, start);
  const packed = await read(start, entry.compressedSize);
  const bytes = entry.method === 8 ? inflateRawSync(packed, { maxOutputLength: entry.size + 1 }) : packed;
  if (bytes.length !== entry.size) throw new Error('zip: wrong size');
  return hash('sha256', bytes);
}

async function hashLarge(read: ReadAt, entry: ZipEntry, start: number): Promise<string> {
  const sum = createHash('sha256');
  if (entry.method === 0) {
    for await (const piece of pieces(read, start, entry.compressedSize)) sum.update(piece);
    return sum.digest('hex');
  }
  const inflate = createInflateRaw();
  let size = 0;
  const done = new Promise<void>((resolve, reject) => {
    inflate.on('data', (chunk: Buffer) => {
      size += chunk.length;
      sum.update(chunk);
    });
    inflate.once('end', resolve).once('error', reject);
  });
  for await (const piece of pieces(read, start, entry.compressedSize)) {
    if (!inflate.write(piece)) await Promise.race([new Promise(resolve => inflate.once('drain', resolve)), done]);
  }
  inflate.end();
  await done;
  if (size !== entry.size) throw new Error('zip: wrong size');
  return sum.digest('hex');
}

async function* pieces(read: ReadAt, start: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; at += pieceBytes) {
    const wanted = Math.min(pieceBytes, length - at);
    const piece = await read(start + at, wanted);
    if (piece.length < wanted) throw new Error('zip: not a valid zip file');
    yield piece;
  }
}
