import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';

/** A zip that unpacks to more than this is not looked at: go's own limit is 500 MB, a proof needs far less. */
const maxUnpackedBytes = 64 * 1024 * 1024;

/** `h1:` hash of a module zip, as `dirhash.HashZip` (x/mod/sumdb/dirhash). Throws where it is no whole zip. */
export function hashZip(zip: Uint8Array): string {
  let unpacked = 0;
  const files = unzipSync(zip, {
    filter: file => {
      unpacked += file.originalSize;
      if (unpacked > maxUnpackedBytes) throw new Error(`zip: more than ${maxUnpackedBytes} bytes unpacked`);
      return true;
    },
  });
  return hash1(Object.entries(files));
}

/** `h1:` hash of a go.mod, as go.sum has it. */
export function hashGoMod(content: Uint8Array): string {
  return hash1([['go.mod', content]]);
}

/** `dirhash.Hash1`: the SHA-256 of a list of the files' SHA-256, sorted by name. */
function hash1(files: readonly (readonly [string, Uint8Array])[]): string {
  const lines = files
    .map(([name, content]) => ({ name, sum: createHash('sha256').update(content).digest('hex') }))
    .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
    .map(({ name, sum }) => `${sum}  ${name}\n`);
  return `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`;
}
