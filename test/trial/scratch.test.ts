import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withScratch } from '../../src/trial/scratch.ts';

let TMPDIR: string;
beforeEach(async () => {
  TMPDIR = await mkdtemp(join(tmpdir(), 'go-mirror-test-'));
});
afterEach(() => rm(TMPDIR, { recursive: true, force: true }));
const context = () => ({ env: { TMPDIR } });
const left = (): Promise<string[]> => readdir(TMPDIR);

describe('a temporary folder', () => {
  it('is gone when the work is done, read-only folders in it too', async () => {
    await withScratch(context(), async place => {
      const inside = join(place!.folder, 'mod/a@v1');
      await mkdir(inside, { recursive: true });
      await writeFile(join(inside, 'x'), '');
      await chmod(inside, 0o555);
    });
    expect(await left()).toEqual([]);
  });

  it('is gone when the work throws', async () => {
    const work = withScratch(context(), () => Promise.reject(new Error('no')));
    await expect(work).rejects.toThrow('no');
    expect(await left()).toEqual([]);
  });

  it('stays as long as work uses it for which nobody waits any more', async () => {
    let wrote = false;
    await withScratch(context(), async place => {
      place!.keepFor(
        sleep(100).then(async () => {
          await writeFile(join(place!.folder, 'late'), '');
          wrote = true;
        }),
      );
    });
    expect(wrote).toBe(true);
    expect(await left()).toEqual([]);
  });

  it('is not waited for without end', async () => {
    const began = performance.now();
    await withScratch(context(), async place => void place!.keepFor(new Promise(() => {})));
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await left()).toEqual([]);
  });

  it('is null where none can be made, with the reason', async () => {
    const env = { TMPDIR: join(TMPDIR, 'nowhere') };
    const told = await withScratch({ env }, async (place, reason) => [place, reason]);
    expect(told).toEqual([null, 'ENOENT']);
    expect(await stat(TMPDIR)).toBeTruthy();
  });
});
