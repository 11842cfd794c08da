import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readJson } from '../../src/system/json-file.ts';

const schema = async () =>
  z.strictObject({ version: z.literal(1), list: z.array(z.strictObject({ name: z.string() })) });
const sound = '{\n  "version": 1,\n  "list": [\n    { "name": "a" },\n    { "name": "b" }\n  ]\n}\n';

describe('a JSON file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'go-mirror-json-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const read = async (text: string) => {
    const file = join(folder, 'x.json');
    await writeFile(file, text);
    return readJson(file, 'mirrors.bad-catalogue', schema);
  };

  it('is read, with or without a byte order mark', async () => {
    expect(await read(sound)).toEqual({ version: 1, list: [{ name: 'a' }, { name: 'b' }] });
    expect(await read(`\uFEFF${sound}`)).toMatchObject({ version: 1 });
    expect(await readJson(join(folder, 'none.json'), 'mirrors.bad-catalogue', schema)).toBeNull();
  });

  it.each<[string, string, string]>([
    ['a comma too many', sound.replace('"b" }\n', '"b" },\n'), '6:3'],
    ['a comma missing', sound.replace('"version": 1,', '"version": 1'), '3:3'],
    ['a word without quotes', sound.replace('"b"', 'b'), '5:15'],
    ['a string that does not end', sound.replace('"b"', '"b'), '5:15'],
    ['a comment', sound.replace('  "list"', '  // all\n  "list"'), '3:3'],
    ['the end missing', sound.slice(0, 40), '4:7'],
    ['nothing', '', '1:1'],
    ['something behind it', `${sound}x`, '8:1'],
    ['a wrong version', sound.replace('1,', '2,'), '2:14 version'],
    ['a wrong value', sound.replace('"b"', '7'), '5:15 list[1].name'],
    ['a value missing', sound.replace('{ "name": "b" }', '{}'), '5:5 list[1].name'],
    ['a key too many', sound.replace('"b" }', '"b", "x": 1 }'), '5:5 list[1]'],
  ])('%s is named with its line and column', async (_, text, place) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'mirrors.bad-catalogue', args: { place } });
  });
});
