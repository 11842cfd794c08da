import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockOwner, withLock } from '../../src/system/lock.ts';
import { ownerToken, thisOwner } from '../../src/system/owner.ts';
import { sandbox } from '../lab/sandbox.ts';

const context = { env: {}, cwd: '/', platform: process.platform, signal: new AbortController().signal };
const host = hostname().replace(/[^\w.-]/g, '_');

async function heldBy(folder: string, token: string): Promise<void> {
  await mkdir(join(folder, 'lock'), { recursive: true });
  await writeFile(join(folder, 'lock', token), '');
}

describe('the lock between go-mirror processes', () => {
  it('is held while the work is done, and leaves nothing behind', async () => {
    const { root } = await sandbox();
    const folder = join(root, 'state');
    const during = await withLock(context, folder, () => lockOwner(folder));
    expect(during).toMatchObject({ owner: { pid: process.pid }, running: true });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given back when the work fails', async () => {
    const { root } = await sandbox();
    await expect(withLock(context, root, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await lockOwner(root)).toBeNull();
  });

  it.each([
    ['a process that is gone', `${host}~999999999~1`],
    ['another process with the same number', `${host}~${process.pid}~1`],
    ['nobody one could name', 'rubbish'],
  ])('is taken over from %s', async (_, token) => {
    const { root } = await sandbox();
    await heldBy(root, token);
    expect(await withLock(context, root, async () => 'done', { waitMs: 5000 })).toBe('done');
  });

  it.each([
    ['a living one', async () => ownerToken(await thisOwner())],
    ['one on another machine', async () => 'elsewhere~1~1'],
  ])('is not taken from %s: the wait ends with its name', async (_, token) => {
    const { root } = await sandbox();
    await heldBy(root, await token());
    let told = 0;
    const waiting = withLock(context, root, async () => 'done', { waitMs: 1500, onWait: () => told++ });
    await expect(waiting).rejects.toMatchObject({ code: 'lock.held', args: { pid: expect.any(Number) } });
    expect(told).toBe(1);
    expect((await readdir(root)).filter(name => name.startsWith('.'))).toEqual([]);
  });

  it('ends the wait on Ctrl-C', async () => {
    const { root } = await sandbox();
    await heldBy(root, ownerToken(await thisOwner()));
    const interrupt = new AbortController();
    setTimeout(() => interrupt.abort(), 100);
    await expect(withLock({ ...context, signal: interrupt.signal }, root, async () => 'done')).rejects.toThrow();
  });
});
