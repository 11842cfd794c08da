import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { memorySource, type Source } from './source.ts';
import { readZip } from './zip.ts';
import { readContent } from './zip-content.ts';
import { ZipError } from './zip-error.ts';

/** A zip of up to this size is read at once: to read its files one by one takes longer than to unpack them. */
const wholeBytes = 8 * 1024 * 1024;
/** The network is looked at again after so much work. */
const longestTurnMs = 8;

/**
 * The `h1:` hash of a module zip, as `dirhash.HashZip` with `Hash1` (golang.org/x/mod/sumdb/dirhash): of each entry the SHA-256 of
 * its content and its name, sorted by the names' bytes. Folders count as empty files; a name that comes twice is listed twice,
 * with the content of the last. `mostBytes` bounds what is unpacked. Throws a `ZipError` where go's own would fail, and
 * where `readZip` and `readContent` are stricter; errors of reading are the system's.
 */
export async function hashZip(from: Source, mostBytes?: number): Promise<string> {
  const source = from.size > wholeBytes ? from : memorySource(await from.read(0, from.size));
  const entries = await readZip(source, mostBytes);
  const sums = new Map<string, string>();
  let begunAt = performance.now();
  for (const entry of new Map(entries.map(each => [each.name, each])).values()) {
    if (entry.name.includes('\n')) throw new ZipError('dirhash: filenames with newlines are not supported');
    const sum = createHash('sha256');
    await readContent(source, entry, piece => sum.update(piece));
    sums.set(entry.name, sum.digest('hex'));
    if (performance.now() - begunAt < longestTurnMs) continue;
    await setImmediate();
    begunAt = performance.now();
  }
  return hash1(entries.map(({ name }) => ({ name, sum: sums.get(name)! })));
}

/** The `h1:` hash of a go.mod, as go.sum has it (`modfetch.goModSum`). */
export function hashGoMod(bytes: Buffer): string {
  return hash1([{ name: 'go.mod', sum: createHash('sha256').update(bytes).digest('hex') }]);
}

/** Names as latin1, so that the order of their characters is the order of their bytes. */
function hash1(files: readonly { name: string; sum: string }[]): string {
  const all = createHash('sha256');
  const sorted = [...files].sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  for (const { name, sum } of sorted) all.update(`${sum}  ${name}\n`, 'latin1');
  return `h1:${all.digest('base64')}`;
}
