import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { sumdbReplica } from '../lab/sumdb.ts';

/** A command that reads leaves nothing: no folder in TMPDIR, no file of go's in HOME, no process; also where it is interrupted. */

vi.setConfig({ testTimeout: 240_000 });

const refusing = 'http://127.0.0.1:1';
let box: Sandbox;
let mirror: LabMirror;
let TMPDIR: string;

beforeEach(async () => {
  box = await sandbox();
  TMPDIR = join(box.root, 'tmp');
  box.env.TMPDIR = TMPDIR;
  await mkdir(TMPDIR);
  mirror = await labMirror({ tree: await moduleTree(), sumdb: await sumdbReplica() });
  await mkdir(join(box.home, '.config/go'), { recursive: true });
  await mkdir(join(box.home, '.config/git'), { recursive: true });
  await settings(mirror.url);
  await writeFile(join(box.work, 'go.mod'), 'module example.test/app\n\ngo 1.21\n\nrequire rsc.io/quote v1.5.2\n');
});

const settings = (goproxy: string): Promise<void> =>
  writeFile(
    join(box.home, '.config/go/env'),
    `GOPROXY=${goproxy}\nGOSUMDB=sum.golang.org ${mirror.url}/sumdb/sum.golang.org\n`,
  );
const args = (...more: string[]): string[] => ['doctor', '--timeout', '10', '--mirror', mirror.url, ...more];

/** Every path below HOME and the project, with what it holds. */
async function everything(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const folder of [box.home, box.work]) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const content = entry.isFile() ? await readFile(path) : entry.isSymbolicLink() ? await readlink(path) : 'folder';
      const { mode } = await lstat(path);
      found[relative(box.root, path)] = `${mode.toString(8)} ${createHash('sha256').update(content).digest('hex')}`;
    }
  }
  return found;
}

/** What still runs in the temporary folder. */
async function running(): Promise<string[]> {
  const processes = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const folders = await Promise.all(processes.map(pid => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return folders.filter(folder => folder.startsWith(TMPDIR));
}

async function leavesNothing(run: () => Promise<unknown>): Promise<void> {
  const before = await everything();
  await run();
  expect(await readdir(TMPDIR)).toEqual([]);
  expect(await running()).toEqual([]);
  expect(await everything()).toEqual(before);
}

describe('doctor leaves nothing', () => {
  it.each<[string, string[], () => Promise<void>]>([
    ['where all is well', [], async () => {}],
    ['with a real download of everything', ['--pull'], async () => {}],
    ['where the mirror is dead', [], () => settings(refusing)],
    ['with a plan', ['--fix', '--dry-run'], () => settings(refusing)],
    ['where nothing would help', ['--fix', '--yes'], () => settings(refusing)],
    ['where modules are named', ['a b/c', 'rsc.io/quote@v1.5.1'], async () => {}],
    ['in a workspace', [], () => writeFile(join(box.work, 'go.work'), 'go 1.21\n\nuse .\n')],
    [
      'where nothing is needed',
      ['--fix', '--yes'],
      async () => {
        await settings(refusing);
        await writeFile(join(box.work, 'go.mod'), 'module example.test/app\n\ngo 1.21\n');
      },
    ],
    [
      'where modules come from their origins',
      [],
      async () => {
        await settings('direct');
        await writeFile(join(box.home, '.config/git/config'), '[http]\n\tproxy = http://127.0.0.1:1\n');
        box.env.HTTPS_PROXY = 'http://127.0.0.1:1';
      },
    ],
    [
      'with the modules in the cache',
      [],
      async () => {
        await box.go(['mod', 'download']);
        await writeFile(join(box.work, 'main.go'), 'package main\n\nimport _ "rsc.io/quote"\n\nfunc main() {}\n');
      },
    ],
  ])('%s', async (_, more, prepare) => {
    await prepare();
    await leavesNothing(() => box.run(args(...more)));
  });

  it('of a fix but the settings and the history', async () => {
    await writeFile(join(box.home, '.config/go/env'), 'GO111MODULE=off\n');
    const { exitCode } = await box.run(args('--fix', '--yes'), { env: { GOPROXY: mirror.url, GOSUMDB: 'off' } });
    expect(exitCode).toBe(0);
    expect(await readdir(TMPDIR)).toEqual([]);
    const files = Object.keys(await everything()).filter(path => !path.startsWith('home/.local/state/go-mirror'));
    expect(files.sort()).toEqual(
      [
        'home/.config',
        'home/.config/git',
        'home/.config/go',
        'home/.config/go/env',
        'home/.local',
        'home/.local/state',
        'work/go.mod',
      ].sort(),
    );
  });

  it('where it may make no temporary folder, and says what it could not try', async () => {
    const env = { TMPDIR: join(box.root, 'nowhere') };
    const { stdout, exitCode } = await box.run(args('--json'), { env });
    expect(JSON.parse(stdout).findings).toContainEqual(expect.objectContaining({ code: 'not-tried', status: 'skip' }));
    expect(exitCode).toBe(0);
  });

  it.each([150, 400, 700, 1000, 1500, 2500])('on Ctrl-C after %d ms, and ends with one object', async ms => {
    mirror.faults.push({ path: '.zip', stall: 'body' });
    await writeFile(
      join(box.work, 'go.mod'),
      'module example.test/app\n\ngo 1.21\n\nrequire (\n\trsc.io/quote v1.5.2\n\tgit.corp.example.com/lib v1.0.0\n)\n',
    );
    await settings(`${mirror.url},direct`);
    await leavesNothing(async () => {
      const doctor = box.start(args('--json', '--pull'));
      await sleep(ms);
      doctor.child.kill('SIGINT');
      const killed = performance.now();
      const { stdout, exitCode, signal } = await doctor.ended;
      expect(performance.now() - killed, 'ms until it ended').toBeLessThan(20_000);
      // On a busy machine the program has not begun yet.
      if (signal === 'SIGINT') return;
      expect(exitCode).toBe(130);
      expect(JSON.parse(stdout)).toMatchObject({ command: 'doctor', error: { code: 'interrupted' } });
    });
  });
});
