import type { Source } from './source.ts';
import { readEnd } from './zip-end.ts';
import { ZipError } from './zip-error.ts';
import { localHeaderSize, readHeader, type ZipEntry } from './zip-header.ts';

/** Go's own limit, for a zip and for all that is in it together: `MaxZipFile` (x/mod/zip, cmd/go/internal/modfetch/codehost). */
const largestZip = 500 * 1024 * 1024;

/** A list of files this long is no module's: 200,000 of them and more. Go knows no limit. */
const largestDirectory = 32 * 1024 * 1024;

/** An entry with its place: nothing of it lies at `end` or behind. */
export interface PlacedEntry extends ZipEntry {
  end: number;
}

/**
 * The files of a zip, in the order of its directory, as archive/zip's `Reader` lists them: names are not looked at (`..` and
 * backslashes pass, as without GODEBUG=zipinsecurepath=0), and the same name may come twice.
 *
 * Refused before anything is unpacked, with a `ZipError`: more than `mostBytes` in all (for Go that is a fault of `zip.CheckZip`,
 * after the hash), and entries that share bytes of the file or reach into the directory, so that a small zip
 * can't be read a thousand times over (Go unpacks such ones). Errors of reading are the system's.
 */
export async function readZip(source: Source, mostBytes = largestZip): Promise<PlacedEntry[]> {
  if (source.size > largestZip) throw new ZipError('zip: larger than go accepts');
  const { start, baseOffset, count } = await readEnd(source);
  const directory = await source.read(start, largestDirectory);
  const entries: PlacedEntry[] = [];
  let bytes = 0;
  let at = 0;
  for (;;) {
    const header = readHeader(directory, at);
    if (header === 'end') break;
    if (header === 'eof') throw new ZipError('unexpected EOF');
    const { entry, next } = header;
    at = next;
    bytes += entry.size;
    if (bytes > mostBytes) throw new ZipError(`zip: more than ${mostBytes} bytes unpacked`);
    entries.push({ ...entry, offset: entry.offset + baseOffset, end: start });
  }
  // What ends the list may also be the end of what was read of it.
  if (directory.length === largestDirectory && directory.length - at < 4 * 0xffff)
    throw new ZipError('zip: too many files');
  if ((entries.length & 0xffff) !== count) throw new ZipError();
  place(entries);
  return entries;
}

/** Each ends where the next one in the file begins. */
function place(entries: readonly PlacedEntry[]): void {
  const inFile = [...entries].sort((one, other) => one.offset - other.offset);
  for (const [index, entry] of inFile.entries()) {
    entry.end = inFile[index + 1]?.offset ?? entry.end;
    const least = entry.offset + localHeaderSize + entry.compressedSize;
    if (entry.offset < 0 || least > entry.end) throw new ZipError('zip: entries overlap');
  }
}
