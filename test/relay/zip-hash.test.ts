import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { hashZip } from '../../src/modproxy/dirhash.ts';
import { readFromFile, readFromMemory } from '../../src/modproxy/zip.ts';
import { parseGoSum } from '../../src/project/go-sum.ts';
import { moduleTree, projectFolder } from '../lab/modules.ts';

describe('hashZip', () => {
  it('gives the hash that go.sum has, for every module of a real project', async () => {
    const tree = await moduleTree();
    const sums = parseGoSum(await readFile(join(projectFolder, 'go.sum'), 'utf8')).filter(({ kind }) => kind === 'zip');
    let seen = 0;
    for (const { module, version, hash } of sums) {
      const path = join(tree, ...`${escaped(module)}/@v/${escaped(version)}.zip`.split('/'));
      const file = await open(path, 'r').catch(() => null);
      if (!file) continue;
      const { size } = await file.stat();
      expect(await hashZip(readFromFile(file), size), module).toBe(hash);
      await file.close();
      seen += 1;
    }
    expect(seen).toBeGreaterThan(100);
  });

  it('hashes large files piece by piece to the same', async () => {
    const noise = Array.from({ length: 700_000 }, (_, index) => ((index * 2_654_435_761) % 4_294_967_296).toString(36));
    const content = strToU8(noise.join('\n'));
    expect(content.length).toBeGreaterThan(4 * 1024 * 1024);
    const packed = Buffer.from(zipSync({ 'a@v1.0.0/big': content }));
    const stored = Buffer.from(zipSync({ 'a@v1.0.0/big': content }, { level: 0 }));
    const hash = await hashZip(readFromMemory(packed), packed.length);
    expect(hash).toMatch(/^h1:/);
    expect(await hashZip(readFromMemory(stored), stored.length)).toBe(hash);
  });

  it('refuses what is cut, and what is no zip', async () => {
    const zip = Buffer.from(zipSync({ 'a@v1.0.0/f': strToU8('text') }));
    for (const bytes of [zip.subarray(0, zip.length - 5), zip.subarray(3), Buffer.from('<html>'), Buffer.alloc(0)]) {
      await expect(hashZip(readFromMemory(bytes), bytes.length)).rejects.toThrow();
    }
  });
});

function escaped(text: string): string {
  return text.replace(/[A-Z]/g, letter => `!${letter.toLowerCase()}`);
}
