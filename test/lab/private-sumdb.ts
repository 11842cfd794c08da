import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { ChecksumDatabase } from './content.ts';

export interface PrivateDatabase extends ChecksumDatabase {
  /** `name+hash+key`, what GOSUMDB takes. */
  readonly verifier: string;
  /** A tree head over the first `size` records, signed as the latest is. */
  head(size: number): Buffer;
}

/**
 * A checksum database with a key of its own, over at most 256 records: the lines that go.sum would have of a module.
 *
 * ```ts
 * const database = privateDatabase('sum.corp.test', { 'corp.test/lib@v1.0.0': ['corp.test/lib v1.0.0 h1:...', '... v1.0.0/go.mod h1:...'] });
 * const mirror = await labMirror({ files, sumdb: database });
 * await box.go([...], { env: { GOPROXY: mirror.url, GOSUMDB: database.verifier } });
 * privateDatabase('sum.golang.org', { ... }) // one that pretends to be another: right name, wrong key
 * ```
 */
export function privateDatabase(name: string, records: Readonly<Record<string, readonly string[]>>): PrivateDatabase {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = Buffer.concat([Buffer.from([1]), publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)]);
  const keyHash = sha256(Buffer.from(`${name}\n`), key).subarray(0, 4);
  const texts = Object.values(records).map(lines => lines.map(line => `${line}\n`).join(''));
  const leaves = texts.map(text => sha256(Buffer.from([0]), Buffer.from(text)));
  const head = (size: number): Buffer => {
    const text = `go.sum database tree\n${size}\n${treeHash(leaves.slice(0, size)).toString('base64')}\n`;
    return signedNote(text, name, keyHash, privateKey);
  };
  return {
    name,
    verifier: `${name}+${keyHash.toString('hex')}+${key.toString('base64')}`,
    head,
    async answer(path) {
      if (path === '/latest') return head(leaves.length);
      if (path.startsWith('/tile/8/0/000')) return Buffer.concat(leaves.slice(0, Number(path.split('.p/')[1] ?? 256)));
      const id = Object.keys(records).findIndex(module => path === `/lookup/${module}`);
      return id < 0 ? null : Buffer.concat([Buffer.from(`${id}\n${texts[id]}\n`), head(leaves.length)]);
    },
  };
}

/** RFC 6962: the left part is the largest power of two below the whole. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0]!;
  const left = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256(Buffer.from([1]), treeHash(leaves.slice(0, left)), treeHash(leaves.slice(left)));
}

function signedNote(text: string, name: string, keyHash: Buffer, key: KeyObject): Buffer {
  const signature = Buffer.concat([keyHash, sign(null, Buffer.from(text), key)]).toString('base64');
  return Buffer.from(`${text}\n— ${name} ${signature}\n`);
}

const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
