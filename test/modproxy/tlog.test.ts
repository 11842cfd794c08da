import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownDatabase } from '../../src/go/gosumdb.ts';
import { parseVerifierKey, type VerifierKey } from '../../src/go/verifier-key.ts';
import { parseRecord, readLookup } from '../../src/modproxy/records.ts';
import { isRecordIn } from '../../src/modproxy/tlog.ts';
import { sumdbReplica } from '../lab/sumdb.ts';

const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const text = (id: number): string => `record ${id}\n`;

/** The hashes of each level of a made tree, complete ones only. */
function madeTree(size: number) {
  const levels = [Array.from({ length: size }, (_, id) => sha256(Buffer.from([0]), Buffer.from(text(id))))];
  for (let below = levels[0]!; below.length > 1; below = levels.at(-1)!) {
    levels.push(
      Array.from({ length: Math.floor(below.length / 2) }, (_, at) =>
        sha256(Buffer.from([1]), below[2 * at]!, below[2 * at + 1]!),
      ),
    );
  }
  /** RFC 6962, by its own words. */
  const hashOf = (from: number, to: number): Buffer => {
    if (to - from === 1) return levels[0]![from]!;
    const left = 2 ** Math.floor(Math.log2(to - from - 1));
    return sha256(Buffer.from([1]), hashOf(from, from + left), hashOf(from + left, to));
  };
  const read = async (path: string): Promise<Buffer | null> => {
    const [, level = '', place = '', width] = path.match(/^tile\/8\/(\d+)\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d+))?$/)!;
    const from = Number(place.replace(/x|\//g, '')) * 256;
    const hashes = (levels[8 * Number(level)] ?? []).slice(from, from + Number(width ?? 256));
    return hashes.length === Number(width ?? 256) ? Buffer.concat(hashes) : null;
  };
  return { tree: { size, hash: hashOf(0, size) }, read };
}

describe('a record in a signed tree', () => {
  it.each([1, 2, 3, 255, 256, 257, 511, 512, 1000, 65_535, 65_536, 66_100])('of %i', async size => {
    const { tree, read } = madeTree(size);
    const ids = [0, 1, 200, 255, 256, 300, 65_535, 65_536, size - 2, size - 1].filter(id => id >= 0 && id < size);
    for (const id of ids) {
      expect(await isRecordIn(tree, id, text(id), read), `${id}`).toBe(true);
      expect(await isRecordIn(tree, id, text(id + 1), read), `${id}`).toBe(false);
      const wrong = async (path: string): Promise<Buffer | null> => {
        const tile = await read(path);
        return tile && Buffer.concat([sha256(tile), tile.subarray(32)]);
      };
      expect(await isRecordIn(tree, id, text(id), wrong), `${id}`).not.toBe(true);
      expect(await isRecordIn({ ...tree, hash: sha256() }, id, text(id), read), `${id}`).toBe(null);
      expect(await isRecordIn(tree, id, text(id), async () => null), `${id}`).toBe(null);
      expect(await isRecordIn(tree, id, text(id), async () => Buffer.alloc(40)), `${id}`).toBe(null);
    }
    expect(await isRecordIn(tree, size, text(size), read)).toBe(false);
  });

  it('is found through the full tile where the one that is not full is gone', async () => {
    const { tree } = madeTree(300);
    const grown = madeTree(70_000);
    const read = async (path: string): Promise<Buffer | null> => (path.includes('.p/') ? null : grown.read(path));
    expect(await isRecordIn(tree, 299, text(299), read)).toBe(true);
    expect(await isRecordIn(tree, 299, text(298), read)).toBe(false);
  });

  it('as the real database signs them', async () => {
    const replica = await sumdbReplica();
    const key = parseVerifierKey(knownDatabase.key) as VerifierKey;
    const read = (path: string): Promise<Buffer | null> => replica.answer(`/${path}`);
    const lookups = await readdir(join(replica.folder, 'lookup'), { recursive: true });
    const modules = lookups.filter(name => name.includes('@')).slice(0, 30);
    expect(modules.length).toBeGreaterThan(10);
    for (const module of modules) {
      const answer = (await replica.answer(`/lookup/${module}`))!;
      const record = readLookup(answer, key);
      if ('wrong' in record) throw new Error(record.wrong);
      expect(record.text).toBe(parseRecord(answer)!.text);
      expect(await isRecordIn(record.tree, record.id, record.text, read)).toBe(true);
      expect(await isRecordIn(record.tree, record.id, record.text.replace('h1:', 'h1:x'), read)).toBe(false);
    }
  });
});
