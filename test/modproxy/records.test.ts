import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownDatabase } from '../../src/go/gosumdb.ts';
import { parseVerifierKey, type VerifierKey } from '../../src/go/verifier-key.ts';
import { openNote } from '../../src/modproxy/note.ts';
import { parseRecord, parseTree, readLookup } from '../../src/modproxy/records.ts';
import { privateDatabase } from '../lab/private-sumdb.ts';
import { sumdbReplica } from '../lab/sumdb.ts';
import { askGo } from './proofs.ts';

const base64 = (bytes: Buffer): string => bytes.toString('base64');
const database = privateDatabase('sum.corp.test', {
  'corp.test/lib@v1.0.0': ['corp.test/lib v1.0.0 h1:a', 'corp.test/lib v1.0.0/go.mod h1:b'],
});
const key = parseVerifierKey(database.verifier) as VerifierKey;
const foreign = generateKeyPairSync('ed25519').privateKey;

/** Characters that notes, records and keys are made of, and some that they must not hold. */
const letters = fc.constantFrom(
  '\n',
  '\n\n',
  '— ',
  ' ',
  '+',
  'h1:',
  '1',
  '0',
  '-',
  'A',
  '=',
  '\t',
  '\r',
  'é',
  '\u2028',
  '\0',
  'sum.corp.test',
);
const noise = fc.array(letters, { maxLength: 12 }).map(parts => Buffer.from(parts.join('')));
const bytes = fc.uint8Array({ maxLength: 6 }).map(each => Buffer.from(each));

/** A sound answer with something of it replaced, put in or cut out. */
const damaged = (sound: Buffer): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      fc.nat(sound.length),
      fc.oneof(fc.constant(0), fc.nat(8)),
      fc.oneof(noise, bytes, fc.constant(Buffer.alloc(0))),
    )
    .map(([at, removed, put]) => Buffer.concat([sound.subarray(0, at), put, sound.subarray(at + removed)]));

describe('signed notes, records and trees are read as golang.org/x/mod reads them', () => {
  it('notes', async () => {
    const latest = (await database.answer('/latest'))!;
    const lines = latest.toString().split('\n\n');
    const signature = (name: string, hash: Buffer, text: string): string =>
      `— ${name} ${base64(Buffer.concat([hash, sign(null, Buffer.from(text), foreign)]))}\n`;
    const own = Buffer.alloc(4);
    own.writeUInt32BE(key.hash);
    const others = [
      `${lines[0]}\n\n${signature('other.test', own, lines[0]!)}${lines[1]}`,
      `${lines[0]}\n\n${lines[1]}${signature('sum.corp.test', Buffer.alloc(4), lines[0]!)}`,
      `${lines[0]}\n\n${lines[1]}${signature('sum.corp.test', own, lines[0]!)}`,
      `${lines[0]}\n\n${signature('sum.corp.test', own, lines[0]!)}${lines[1]}`,
      `${lines[0]}\n\n${signature('other.test', own, '').repeat(99)}${lines[1]}`,
      `${lines[0]}\n\n${signature('other.test', own, '').repeat(100)}${lines[1]}`,
      `${lines[0]}\n\n— sum.corp.test AAAAAAA=\n`,
      `more\n\n${latest}`,
    ].map(text => Buffer.from(text));
    const notes = [latest, ...others, ...fc.sample(damaged(latest), { seed: 1, numRuns: 1500 })];
    const answers = await askGo(notes.map(note => ({ Kind: 'note', Key: database.verifier, Text: base64(note) })));
    for (const [index, { error, text }] of answers.entries()) {
      expect(openNote(notes[index]!, key), `${notes[index]}: ${error}`).toBe(error ? null : text);
    }
    expect(answers.filter(({ error }) => !error).length).toBeGreaterThan(4);
  });

  it('records', async () => {
    const sound = (await database.answer('/lookup/corp.test/lib@v1.0.0'))!;
    const numbers = ['', '-', '+', '+1', '-1', '007', '9223372036854775807', '9223372036854775808', '1_0', '0x1', ' 1'];
    const records = [
      ...numbers.map(number => Buffer.concat([Buffer.from(number), sound.subarray(1)])),
      ...['1\n\n\nx', '1\n\nx', '1', '', '1\nx\n\n'].map(text => Buffer.from(text)),
      ...fc.sample(damaged(sound), { seed: 2, numRuns: 1500 }),
    ];
    const answers = await askGo(records.map(record => ({ Kind: 'record', Text: base64(record) })));
    for (const [index, { error, n, text, rest }] of answers.entries()) {
      const mine = parseRecord(records[index]!);
      expect(mine && { ...mine, rest: base64(mine.rest) }, `${records[index]}`).toEqual(
        error ? null : { id: n, text, rest: rest ?? '' },
      );
    }
  });

  it('trees', async () => {
    const sound = Buffer.from('go.sum database tree\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n');
    const sizes = ['0', '00', '-1', '+1', '', '9223372036854775807', '9223372036854775808', '1 '];
    const trees = [
      ...sizes.map(size => Buffer.from(sound.toString().replace('12', size))),
      Buffer.concat([sound, Buffer.from('more\n')]),
      Buffer.concat([sound, Buffer.alloc(1e6 - sound.length, 'x')]),
      Buffer.concat([sound, Buffer.alloc(1e6 + 1 - sound.length, 'x')]),
      ...fc.sample(damaged(sound), { seed: 3, numRuns: 1000 }),
      // Go's decoder of base64 skips them; no note can hold one.
    ].filter(tree => !tree.includes('\r'));
    const answers = await askGo(trees.map(tree => ({ Kind: 'tree', Text: base64(tree) })));
    for (const [index, { error, n, text }] of answers.entries()) {
      const mine = parseTree(trees[index]!.toString());
      expect(mine && [mine.size, base64(mine.hash)], `${trees[index]}`).toEqual(error ? null : [n, text]);
    }
  });

  it('verifier keys, with go’s words for what is wrong', async () => {
    const odd = [
      '',
      '+',
      '++',
      'a+b+c',
      'a b+00000000+AAAA',
      'a+0000000g+AAAA',
      'a+00000000+',
      database.verifier.toUpperCase(),
    ];
    const generated = [database.verifier, knownDatabase.key].flatMap(each =>
      fc.sample(damaged(Buffer.from(each)), { seed: 4, numRuns: 500 }).map(key => key.toString()),
    );
    // A newline in the key is ignored by Go's decoder; GOSUMDB can't hold one.
    const keys = [database.verifier, knownDatabase.key, ...odd, ...generated].filter(each => !/[\r\n]/.test(each));
    const answers = await askGo(keys.map(Key => ({ Kind: 'key', Key })));
    for (const [index, { error, text, n }] of answers.entries()) {
      const mine = parseVerifierKey(keys[index]!);
      expect(typeof mine === 'string' ? mine : [mine.name, mine.hash], keys[index]).toEqual(error || [text, n]);
    }
  });
});

describe('the answer of a lookup', () => {
  const known = parseVerifierKey(knownDatabase.key) as VerifierKey;

  it('real ones, and the same in another’s name', async () => {
    const replica = await sumdbReplica();
    const answer = (await replica.answer('/lookup/rsc.io/quote@v1.5.2'))!;
    const record = readLookup(answer, known);
    expect(record).toMatchObject({ lines: [expect.stringMatching(/^rsc\.io\/quote v1\.5\.2 h1:/), expect.anything()] });
    expect(readLookup(answer, key)).toEqual({ wrong: 'not signed by sum.corp.test' });
    const forged = Buffer.from(answer.toString().replace(/^\d+/, '999999999999'));
    expect(readLookup(forged, known)).toEqual({
      wrong: expect.stringContaining('record 999999999999 is not in a tree'),
    });
    expect(readLookup(Buffer.from('-1\nx\n\n'), known)).toEqual({ wrong: 'not signed by sum.golang.org' });
    expect(readLookup(Buffer.from('<html>'), known)).toEqual({ wrong: 'malformed record data' });
  });
});
