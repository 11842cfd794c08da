import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { findToolchain } from '../../src/go/toolchain.ts';
import type { Context } from '../../src/system/context.ts';
import { startDeadline } from '../../src/system/network/deadline.ts';
import { putAside, type TrialOptions, tryDownload } from '../../src/trial/download.ts';
import { labMirror } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';

vi.setConfig({ testTimeout: 120_000 });

const quote = { path: 'rsc.io/quote', version: 'v1.5.2' };
const nothing = { path: 'github.com/nobody/nothing', version: 'v1.0.0' };

const contextOf = ({ env, work }: Sandbox): Context => ({
  env,
  cwd: work,
  platform: process.platform,
  signal: new AbortController().signal,
});

async function tried(
  box: Sandbox,
  modules: readonly (typeof quote)[],
  given: Partial<TrialOptions> & { ms?: number } = {},
) {
  const context = contextOf(box);
  const deadline = startDeadline(context.signal, given.ms ?? 20_000);
  const folder = join(box.root, 'trial');
  const toolchain = await findToolchain(context);
  const options = { folder, sums: [], variables: putAside, ...given, deadline };
  return tryDownload(context, toolchain!, modules, options).finally(() => deadline.clear());
}

describe('a real download', () => {
  it('says of each module what became of it, and what was asked', async () => {
    const mirror = await labMirror({ tree: await moduleTree() });
    const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off' } });
    const [first, second] = await tried(box, [quote, nothing]);
    expect(first).toMatchObject({ module: quote, outcome: 'ok', said: '', declares: 'rsc.io/quote' });
    expect(second).toMatchObject({ module: nothing, outcome: 'failed' });
    expect(second!.said).toContain('404');
    expect([...first!.requests]).toContainEqual([
      `${mirror.url}/rsc.io/quote/@v/v1.5.2.info`,
      expect.stringMatching(/^200/),
    ]);
  });

  it('is ended at its deadline, and knows what it waited for', async () => {
    const mirror = await labMirror({ tree: await moduleTree(), faults: [{ path: '.zip', stall: 'body' }] });
    const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off' } });
    const began = performance.now();
    const [result] = await tried(box, [quote], { ms: 2000 });
    expect(result).toMatchObject({ outcome: 'waiting', waitingFor: `${mirror.url}/rsc.io/quote/@v/v1.5.2.zip` });
    expect(performance.now() - began).toBeLessThan(8000);
  });

  it('is ended when nothing new comes', async () => {
    const mirror = await labMirror({ tree: await moduleTree(), faults: [{ path: '.zip', stall: 'body' }] });
    const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off' } });
    const [result] = await tried(box, [quote], { stallMs: 700 });
    expect(result).toMatchObject({ outcome: 'waiting' });
  });

  it('is ended when enough has come', async () => {
    const mirror = await labMirror({
      tree: await moduleTree(),
      faults: [{ path: '.zip', bytesPerSecond: 200_000 }],
    });
    const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off' } });
    const text = { path: 'golang.org/x/text', version: 'v0.42.0' };
    const [result] = await tried(box, [text], { enoughBytes: 100_000 });
    expect(result).toMatchObject({ outcome: 'large' });
    expect(result!.downloadedBytes).toBeLessThan(4_000_000);
  });

  it('takes a variable away for good: what the settings file says counts then, also where that is nothing', async () => {
    const mirror = await labMirror({ tree: await moduleTree() });
    const box = await sandbox({ env: { GOPROXY: 'off', GOSUMDB: 'off' } });
    await mkdir(join(box.home, '.config/go'), { recursive: true });
    await writeFile(join(box.home, '.config/go/env'), `GOPROXY=${mirror.url}\n`);
    expect(await tried(box, [quote])).toMatchObject([{ outcome: 'failed' }]);
    const variables = { ...putAside, GOPROXY: undefined };
    expect(await tried(box, [quote], { variables, folder: join(box.root, 'other') })).toMatchObject([
      { outcome: 'ok' },
    ]);
  });

  it('takes the settings of another file', async () => {
    const mirror = await labMirror({ tree: await moduleTree() });
    const box = await sandbox();
    const file = join(box.root, 'settings');
    await writeFile(file, `GOPROXY=${mirror.url}\nGOSUMDB=off\n`);
    expect(await tried(box, [quote], { variables: { GOENV: file } })).toMatchObject([{ outcome: 'ok' }]);
  });

  it('finds git and what it reads, and leaves nothing of its own in the configuration folder', async () => {
    const mirror = await labMirror({ tree: await moduleTree() });
    const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off' } });
    await mkdir(join(box.home, '.config/git'), { recursive: true });
    await writeFile(join(box.home, '.config/git/config'), '[user]\n\tname = dev\n');
    await tried(box, [quote]);
    expect(await readdir(box.home, { recursive: true })).toEqual(['.config', '.config/git', '.config/git/config']);
    expect(await readFile(join(box.root, 'trial/config/git/config'), 'utf8')).toContain('name = dev');
  });
});
