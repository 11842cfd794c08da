import { copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { download } from './download.ts';
import { type LabMirror, labMirror } from './mirror.ts';
import { moduleTree } from './modules.ts';
import { type Sandbox, sandbox } from './sandbox.ts';
import { closedPort, silentServer } from './sockets.ts';
import { sumdbReplica } from './sumdb.ts';
import { goRelease } from './tools.ts';
import { waysOf } from './ways.ts';

let official: LabMirror;
let chosen: LabMirror;
beforeAll(async () => {
  const files = { tree: await moduleTree(), sumdb: await sumdbReplica() };
  [official, chosen] = [await labMirror(files), await labMirror(files)];
});

/** No test may reach a public server; what is on loopback go asks without a proxy. */
const sealed = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' };

/** A machine whose toolchain has a mirror of the lab as its own default, and these lines in its settings file. */
async function machine(settings: string, env: Record<string, string> = {}) {
  const box = await sandbox();
  const goroot = join(box.root, 'goroot');
  await cp(dirname(dirname(await goRelease('1.25.5'))), goroot, { recursive: true });
  await writeFile(join(goroot, 'go.env'), `GOPROXY=${official.url}\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=local\n`);
  await mkdir(join(box.home, '.config/go'), { recursive: true });
  await writeFile(join(box.home, '.config/go/env'), settings);
  const lines: string[] = [];
  const ways = waysOf({ ...box.env, ...sealed, PATH: `${goroot}/bin:/usr/bin:/bin`, ...env }, line => lines.push(line));
  return { box, lines, bring: (module: string) => bring(box, ways, module) };
}

const bring = (box: Sandbox, ways: ReturnType<typeof waysOf>, module: string) =>
  download(['mod', 'download', module], { cwd: box.work, modules: box.moduleCache, ways, limitMs: 3000 });

const quote = 'rsc.io/quote@v1.5.2';
const asked = (mirror: LabMirror, since: number) => mirror.requests.length - since;

describe('the modules of the lab', () => {
  it('come by the settings in effect where these bring them', async () => {
    const [before, beforeOfficial] = [chosen.requests.length, official.requests.length];
    const { lines, bring } = await machine(`GOPROXY=${chosen.url}\n`);
    await bring(quote);
    await bring('rsc.io/sampler@v1.3.0');
    expect(asked(chosen, before)).toBeGreaterThan(0);
    expect(asked(official, beforeOfficial)).toBe(0);
    expect(lines).toEqual([`modules come by the go settings in effect: GOPROXY=${chosen.url} GOSUMDB=sum.golang.org`]);
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    ['refuses', async () => `GOPROXY=http://127.0.0.1:${await closedPort()},direct`, /connection refused/],
    [
      'accepts and stalls',
      async () => `GOPROXY=http://127.0.0.1:${(await silentServer()).port}|direct`,
      /nothing came for 3 s/,
    ],
    ['has nothing', async () => `GOPROXY=${(await labMirror({})).url}`, /404|not found/i],
    ['is off', async () => 'GOPROXY=off', /GOPROXY=off/],
    ['is no list', async () => 'GOPROXY=ftp://127.0.0.1', /ftp/],
  ])("come by the toolchain's own default where a mirror %s", async (_, setting, why) => {
    const before = official.requests.length;
    const { lines, bring } = await machine(`${await setting()}\nGOPRIVATE=\n`);
    await bring(quote);
    expect(asked(official, before)).toBeGreaterThan(0);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^the go settings in effect \(GOPROXY=.* did not bring go mod download rsc\.io/);
    expect(lines[0]).toMatch(why);
    expect(lines[1]).toBe(
      `modules come by the toolchain's own defaults: GOPROXY=${official.url} GOSUMDB=sum.golang.org`,
    );
    await bring('rsc.io/sampler@v1.3.0'); // What failed is not tried again.
    expect(lines).toHaveLength(2);
  });

  it.each([
    ['private patterns', 'GOPRIVATE=*\nGOPROXY=off\n'],
    ['modules switched off', 'GO111MODULE=off\n'],
    ['another platform', 'GOOS=windows\nGOARCH=arm64\n'],
    ['flags that no command knows', 'GOFLAGS=-nosuchflag\n'],
    ['a database that does not exist', 'GOSUMDB=sum.nowhere.invalid\n'],
  ])('come whatever else is in the settings file: %s', async (_, settings) => {
    const { bring } = await machine(settings);
    await bring(quote);
  });

  it('come whatever the environment says', async () => {
    const { bring } = await machine('', { GOPROXY: 'off', GOSUMDB: 'off', GOFLAGS: '-mod=vendor', GO111MODULE: 'off' });
    await bring(quote);
  });

  it('come when the only way fails for a moment', async () => {
    const { lines, bring } = await machine('');
    official.faults.push({ path: '.zip', status: 502, times: 1 });
    await bring(quote);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('502 Bad Gateway');
  });

  it('fail with what each way said, and no password', async () => {
    const port = await closedPort();
    const box = await sandbox();
    const goroot = join(box.root, 'goroot');
    const release = await goRelease('1.25.5');
    await mkdir(join(goroot, 'pkg/tool'), { recursive: true });
    await mkdir(join(goroot, 'bin'));
    await copyFile(release, join(goroot, 'bin/go'));
    await writeFile(join(goroot, 'go.env'), 'GOPROXY=off\nGOSUMDB=off\n');
    const env = {
      ...box.env,
      ...sealed,
      PATH: `${goroot}/bin:/usr/bin:/bin`,
      GOPROXY: `https://me:hunter2@127.0.0.1:${port}`,
    };
    const lines: string[] = [];
    const failed = bring(
      box,
      waysOf(env, line => lines.push(line)),
      quote,
    );
    await expect(failed).rejects.toThrow(/connection refused[\s\S]*GOPROXY=off/);
    await expect(failed).rejects.not.toThrow(/hunter2/);
    expect(lines.join('\n')).not.toContain('hunter2');
  });
});
