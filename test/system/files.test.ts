import { chown, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/system/files.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'files-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('makeFolder', () => {
  it.each([
    ['absolute', (path: string) => path],
    ['relative', (path: string) => relative(process.cwd(), path)],
    ['with dots', (path: string) => `${path}/../b/.`],
    ['with a slash at its end', (path: string) => `${path}/`],
  ])('makes every folder that is missing, each its user’s: a path %s', async (kind, written) => {
    const home = join(root, kind.replaceAll(' ', '-'));
    await mkdir(home);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await chown(home, 1234, 1234);
    await makeFolder(written(join(home, 'a/b')), 0o700);
    const owner = (await stat(home)).uid;
    for (const made of ['a', 'a/b']) expect((await stat(join(home, made))).uid).toBe(owner);
  });

  it('makes one of a single character below the working folder', async () => {
    const before = process.cwd;
    process.cwd = () => root;
    try {
      await makeFolder('[');
      expect((await stat(join(root, '['))).isDirectory()).toBe(true);
    } finally {
      process.cwd = before;
    }
  });
});
