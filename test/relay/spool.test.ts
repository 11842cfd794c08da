import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Body, bytesOf } from '../../src/modproxy/body.ts';
import { openSpool } from '../../src/relay/spool.ts';
import type { Context } from '../../src/system/context.ts';
import { ownerToken, thisOwner } from '../../src/system/owner.ts';

let home: string;
let places: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'go-mirror-test-'));
  places = join(home, '.cache/go-mirror/relay');
});
afterEach(async () => {
  await chmod(home, 0o700);
  await rm(home, { recursive: true });
});

const contextAt = (HOME: string): Context =>
  ({ env: { HOME }, cwd: HOME, platform: 'linux', signal: new AbortController().signal }) as Context;

/** A folder as another process left it. */
async function leftBy(owner: { host?: string; pid?: number; start?: string }, ageMs = 0): Promise<string> {
  const folder = join(places, `${ownerToken({ ...(await thisOwner()), ...owner })}~abcdef`);
  await mkdir(folder, { recursive: true });
  const at = new Date(Date.now() - ageMs);
  await utimes(folder, at, at);
  return basename(folder);
}

describe('the spool', () => {
  it('is a folder that only this user can enter, and is gone when it is closed', async () => {
    const spool = await openSpool(contextAt(home));
    const [folder = ''] = await readdir(places);
    expect((await stat(join(places, folder))).mode & 0o777).toBe(0o700);
    spool.close();
    expect(await readdir(places)).toEqual([]);
  });

  it('takes away what dead processes left, and nothing of those that may still run', async () => {
    const day = 24 * 3_600_000;
    // Beyond the largest process number that Linux gives.
    const dead = await leftBy({ pid: 4_194_305 });
    const recycled = await leftBy({ start: '1' });
    const alive = await leftBy({ pid: process.ppid, start: '' });
    // In another container the same number is another process, and none here.
    const elsewhere = await leftBy({ host: 'other-container', pid: 4_194_305 }, day);
    const forgotten = await leftBy({ host: 'other-container', pid: 4_194_306 }, 8 * day);
    const spool = await openSpool(contextAt(home));
    const kept = await readdir(places);
    expect(kept).toEqual(expect.arrayContaining([alive, elsewhere]));
    for (const gone of [dead, recycled, forgotten]) expect(kept).not.toContain(gone);
    expect(kept).toHaveLength(3);
    spool.close();
  });

  it.each<[string, number | null, number[], Body['kind']]>([
    ['of a size that nobody said', null, [70_000, 30_000], 'memory'],
    ['of the size that was said', 100_000, [70_000, 30_000], 'memory'],
    ['shorter than was said', 100_000, [70_000, 10_000], 'memory'],
    ['longer than was said', 100_000, [70_000, 50_000, 20_000], 'memory'],
    ['small', 300, [300], 'memory'],
    ['empty', 0, [], 'memory'],
    ['larger than what stays in memory', 9_000_000, [4_000_000, 4_000_000, 1_000_000], 'disk'],
    ['larger than was said and than what stays in memory', 100_000, [70_000, 8_900_000, 30_000], 'disk'],
  ])('gives back what was written: %s', async (_, expected, lengths, kind) => {
    const spool = await openSpool(contextAt(home));
    const writer = spool.writer();
    if (expected !== null) writer.expect(expected);
    const chunks = lengths.map(length => randomBytes(length));
    for (const chunk of chunks) await writer.write(chunk);
    const body = await writer.finish();
    const whole = Buffer.concat(chunks);
    expect(body).toMatchObject({ kind, size: whole.length });
    expect((await bytesOf(body)).equals(whole)).toBe(true);
    spool.close();
  });

  it('puts on disk what memory has no room for', async () => {
    const spool = await openSpool(contextAt(home));
    const bodies: Body[] = [];
    for (let count = 0; count < 8; count += 1) {
      const writer = spool.writer();
      writer.expect(6_000_000);
      await writer.write(Buffer.alloc(6_000_000, count));
      bodies.push(await writer.finish());
    }
    expect(bodies.map(({ kind }) => kind)).toEqual([...Array(5).fill('memory'), ...Array(3).fill('disk')]);
    for (const [count, body] of bodies.entries())
      expect((await bytesOf(body)).equals(Buffer.alloc(6_000_000, count))).toBe(true);
    spool.close();
  });

  it('lies in the temporary folder, by itself, where the cache folder cannot be made', async () => {
    const before = new Set(await readdir(tmpdir()));
    // Where a file stands, no folder is made: also for root.
    const spools = [await openSpool(contextAt('/dev/null')), await openSpool(contextAt('/dev/null'))];
    const made = (await readdir(tmpdir())).filter(name => name.startsWith('go-mirror-relay-') && !before.has(name));
    expect(made).toHaveLength(2);
    for (const name of made) expect((await stat(join(tmpdir(), name))).mode & 0o777).toBe(0o700);
    for (const spool of spools) spool.close();
    expect((await readdir(tmpdir())).filter(name => made.includes(name))).toEqual([]);
  });
});
