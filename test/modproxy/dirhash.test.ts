import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashZip } from '../../src/modproxy/dirhash.ts';
import { memorySource, withFile } from '../../src/modproxy/source.ts';
import { ZipError } from '../../src/modproxy/zip-error.ts';
import { parseGoSum } from '../../src/project/go-sum.ts';
import { onCleanup } from '../lab/cleanup.ts';
import { moduleTree, projectFolder } from '../lab/modules.ts';
import { askGo } from './proofs.ts';
import { type MadeEntry, type MadeZip, writeZip } from './zip-writer.ts';

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const zero = Buffer.alloc(0);
const hashOf = (zip: Buffer): Promise<string> => hashZip(memorySource(zip));

/** Our answer to a zip: its hash, or the words of the refusal. */
async function ours(zip: Buffer): Promise<{ hash: string } | { refused: string }> {
  try {
    return { hash: await hashOf(zip) };
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    return { refused: error.message };
  }
}

/** Compares each zip with `dirhash.HashZip`. `stricter`: what we refuse though Go hashes it. Returns how many Go hashed. */
async function expectAsGo(zips: readonly Buffer[], stricter: RegExp | null = null): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'go-mirror-zip-'));
  onCleanup(() => rm(folder, { recursive: true, force: true }));
  const files = zips.map((_, index) => join(folder, `${index}.zip`));
  await Promise.all(zips.map((zip, index) => writeFile(files[index]!, zip)));
  const answers = await askGo(files.map(File => ({ Kind: 'hash', File })));
  for (const [index, { error, text }] of answers.entries()) {
    const mine = await ours(zips[index]!);
    const fromFile = await withFile(files[index]!, hashZip).catch((failure: Error) => failure.message);
    expect(fromFile).toBe('hash' in mine ? mine.hash : mine.refused);
    const isStricter = stricter && 'refused' in mine && stricter.test(mine.refused);
    if (!isStricter)
      expect(mine, `zip ${index}: ${error}`).toEqual(error ? { refused: expect.any(String) } : { hash: text });
  }
  await rm(folder, { recursive: true, force: true });
  return answers.filter(({ error }) => error === '').length;
}

/** Names of all kinds: two halves of UTF-16's order, no UTF-8 at all, folders, what a file system refuses. */
const odd = [
  '\u{20000}',
  'Ａ',
  '\uE000',
  'é',
  'a/',
  '..',
  '../x',
  'C:\\x',
  '',
  ' ',
  'a\0b',
  'z'.repeat(300),
  'a//b',
  'µ',
];
const name = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }).map(utf8) },
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...odd), { maxLength: 3 }).map(parts => utf8(parts.join(''))) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 8 }).map(bytes => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.constantFrom('a\nb', '\n', 'dir/', 'same').map(utf8) },
);
const content = fc.oneof(
  fc.uint8Array({ maxLength: 400 }).map(bytes => Buffer.from(bytes)),
  fc.nat({ max: 70_000 }).map(length => Buffer.alloc(length, 'package x\n')),
  fc.constant(zero),
);
const optional = <T>(arbitrary: fc.Arbitrary<T>, weight = 3) =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;

const soundEntry = fc
  .record({
    name,
    content,
    method: fc.constantFrom(0, 8),
    descriptor: optional(fc.constantFrom<'signed' | 'plain'>('signed', 'plain')),
    zip64: optional(fc.constant<'whole'>('whole')),
    comment: optional(fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes))),
    gap: optional(fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes))),
    localName: optional(name, 8),
    crc: optional(fc.constant<'zero'>('zero'), 8),
  })
  .map(entry => defined({ ...entry, content: entry.name.at(-1) === 47 ? zero : entry.content }) as MadeEntry);
const brokenEntry = fc
  .record({
    name,
    content,
    method: fc.constantFrom(0, 8, 8, 12, 99),
    descriptor: optional(fc.constantFrom<'signed' | 'plain'>('signed', 'plain')),
    zip64: optional(fc.constantFrom<'whole' | 'short'>('whole', 'short')),
    crc: optional(fc.constantFrom<'zero' | 'wrong'>('zero', 'wrong')),
    sizeDelta: optional(fc.integer({ min: -3, max: 3 })),
    compressedDelta: optional(fc.integer({ min: -3, max: 3 }), 6),
    offsetDelta: optional(fc.integer({ min: -40, max: 40 }), 9),
    junk: optional(
      fc.uint8Array({ maxLength: 10 }).map(bytes => Buffer.from(bytes)),
      6,
    ),
  })
  .map(entry => defined(entry) as MadeEntry);
const soundZip = fc
  .record({
    entries: fc.array(soundEntry, { maxLength: 6 }),
    comment: optional(fc.uint8Array({ maxLength: 40 }).map(bytes => Buffer.from(bytes))),
    prefix: optional(fc.uint8Array({ minLength: 1, maxLength: 60 }).map(bytes => Buffer.from(bytes))),
    counted: optional(fc.constant(true)),
  })
  .map(zip => defined(zip) as MadeZip);
const brokenZip = fc
  .record({
    entries: fc.array(fc.oneof(soundEntry, brokenEntry), { maxLength: 4 }),
    comment: optional(fc.uint8Array({ maxLength: 40 }).map(bytes => Buffer.from(bytes))),
    prefix: optional(fc.uint8Array({ minLength: 1, maxLength: 60 }).map(bytes => Buffer.from(bytes))),
    counted: optional(fc.constant(true)),
    zip64: optional(fc.constant(true)),
    countDelta: optional(fc.constantFrom(-1, 1, 65_536), 6),
    sizeDelta: optional(fc.integer({ min: -50, max: 50 }), 8),
    cut: optional(fc.integer({ min: 0, max: 60 }), 8),
  })
  .map(zip => defined(zip) as MadeZip);
const flipped = fc
  .record({
    zip: soundZip,
    flips: fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ zip, flips }) => {
    const bytes = Buffer.from(writeZip(zip));
    for (const [place, change] of flips) bytes[Math.floor(place * bytes.length)]! ^= change;
    return bytes;
  });

describe('the hash of a zip is what dirhash.HashZip says', () => {
  it('for 800 sound ones with names, sizes and methods of all kinds', async () => {
    const zips = fc.sample(soundZip, { seed: 1, numRuns: 800 }).map(writeZip);
    expect(await expectAsGo(zips)).toBeGreaterThan(500);
  });

  it('for 800 that are broken in some way', async () => {
    const zips = fc.sample(brokenZip, { seed: 2, numRuns: 800 }).map(writeZip);
    const hashed = await expectAsGo(zips, /^zip: entries overlap$/);
    expect(hashed).toBeGreaterThan(100);
    expect(hashed).toBeLessThan(700);
  });

  it('for 800 in which bytes were changed', async () => {
    await expectAsGo(fc.sample(flipped, { seed: 3, numRuns: 800 }), /^zip: (entries overlap|more than .*)$/);
  });

  it('with names that UTF-16 sorts another way', async () => {
    const entries = ['\u{20000}', 'Ａ'].map(each => ({ name: utf8(`m@v1.0.0/${each}`), content: utf8(each) }));
    expect(await expectAsGo([writeZip({ entries })])).toBe(1);
  });

  it('for the same name twice: listed twice, with the content of the last', async () => {
    const twice = ['one', 'two'].map(text => ({ name: utf8('a'), content: utf8(text) }));
    expect(await expectAsGo([writeZip({ entries: twice })])).toBe(1);
  });

  it('for large files, which are read piece by piece, whatever follows them', async () => {
    const noise = Array.from({ length: 700_000 }, (_, index) => ((index * 2_654_435_761) % 4_294_967_296).toString(36));
    const large = utf8(noise.join('\n'));
    expect(large.length).toBeGreaterThan(4 * 1024 * 1024);
    const entry = (more: Partial<MadeEntry>): Buffer =>
      writeZip({ entries: [{ name: utf8('big'), content: large, method: 8, ...more }] });
    const broken = entry({});
    broken.fill(0x55, 1_000_000, 1_000_100);
    const zips = [
      entry({}),
      entry({ method: 0 }),
      entry({ junk: Buffer.alloc(9_000_000, 7) }),
      entry({ sizeDelta: -5_000 }),
      entry({ sizeDelta: 5_000 }),
      entry({ crc: 'wrong' }),
      entry({ compressedDelta: -2000 }),
      broken,
    ];
    expect(await expectAsGo(zips)).toBe(3);
  });

  it('for more entries than 16 bits can count', async () => {
    const entries = Array.from({ length: 65_540 }, (_, index) => ({ name: utf8(`f${index}`), content: zero }));
    expect(await expectAsGo([writeZip({ entries })])).toBe(1);
  });
});

describe('bounds, before anything is unpacked', () => {
  const zeros = Buffer.alloc(1_000_000);
  const bomb = (count: number, size: number): Buffer =>
    writeZip({
      entries: Array.from({ length: count }, (_, index) => ({
        name: utf8(`example.org/m@v1.0.0/f${index}`),
        content: zeros,
        method: 8,
        sizeDelta: size - zeros.length,
      })),
    });

  it('500 MB in all, as zip.CheckZip', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'go-mirror-zip-'));
    onCleanup(() => rm(folder, { recursive: true, force: true }));
    const [under, over] = [bomb(4, 125 * 1024 * 1024), bomb(4, 125 * 1024 * 1024 + 1)];
    const files = ['under', 'over'].map(each => join(folder, each));
    await Promise.all([writeFile(files[0]!, under), writeFile(files[1]!, over)]);
    const [first, second] = await askGo(files.map(File => ({ Kind: 'check', File })));
    expect([first!.error, second!.error.includes('total uncompressed size')]).toEqual(['', true]);
    // Only its sizes are lies: found while it is unpacked.
    expect(await ours(under)).toEqual({ refused: 'unexpected EOF' });
    expect(await ours(over)).toEqual({ refused: `zip: more than ${500 * 1024 * 1024} bytes unpacked` });
    await expect(hashZip(memorySource(bomb(2, 700)), 1399)).rejects.toThrow('zip: more than 1399 bytes unpacked');
  });

  it('entries that share bytes: one content under a hundred names', async () => {
    const entries = Array.from({ length: 100 }, (_, index) => ({
      name: utf8(`f${index}`),
      content: zeros,
      method: 8,
      sharesFirst: index > 0,
    }));
    expect(await expectAsGo([writeZip({ entries })], /^zip: entries overlap$/)).toBe(1);
    expect(await ours(writeZip({ entries }))).toEqual({ refused: 'zip: entries overlap' });
  });

  it('a local header whose name reaches into the next entry', async () => {
    const zip = writeZip({ entries: ['a', 'b'].map(each => ({ name: utf8(each), content: utf8('text') })) });
    zip.writeUInt16LE(40, 26);
    expect(await ours(zip)).toEqual({ refused: 'zip: entries overlap' });
  });
});

describe('hashZip', () => {
  it('gives the hash that go.sum has, for every module of a real project', async () => {
    const tree = await moduleTree();
    const sums = parseGoSum(await readFile(join(projectFolder, 'go.sum'), 'utf8')).filter(({ kind }) => kind === 'zip');
    let seen = 0;
    for (const { module, version, hash } of sums) {
      const path = join(tree, ...`${escaped(module)}/@v/${escaped(version)}.zip`.split('/'));
      const found = await withFile(path, hashZip).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        return null;
      });
      if (found === null) continue;
      expect(found, module).toBe(hash);
      seen += 1;
    }
    expect(seen).toBeGreaterThan(100);
  });

  it('refuses what is no zip, and passes on what the system says', async () => {
    for (const bytes of [Buffer.from('<html>'), Buffer.alloc(0), Buffer.alloc(100_000)]) {
      await expect(hashOf(bytes)).rejects.toThrow(ZipError);
    }
    await expect(withFile(tmpdir(), hashZip)).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(withFile(join(tmpdir(), 'no-such-file.zip'), hashZip)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

function escaped(text: string): string {
  return text.replace(/[A-Z]/g, letter => `!${letter.toLowerCase()}`);
}
