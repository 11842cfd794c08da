import { chmod, mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';

/** Whatever lies in the module cache where a file belongs: it is judged, never waited for, and no check crashes on it. */

vi.setConfig({ testTimeout: 120_000 });

let box: Sandbox;
let mirror: LabMirror;
beforeAll(async () => {
  mirror = await labMirror({ tree: await moduleTree() });
});
beforeEach(async () => {
  box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off' } });
  const modules = ['rsc.io/quote v1.5.2', 'github.com/robfig/cron/v3 v3.0.1', 'github.com/BurntSushi/toml v1.6.0'];
  const lines = [...modules, 'github.com/rs/zerolog v1.35.1'].map(module => `require ${module}\n`).join('');
  await writeFile(join(box.work, 'go.mod'), `module example.test/app\n\ngo 1.24\n\n${lines}`);
  await box.go(['mod', 'download']);
  await box.exec('chmod', ['-R', 'u+w', box.moduleCache]);
});

const kinds: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  'a folder': path => mkdir(join(path, 'inside'), { recursive: true }),
  'a pipe': path => box.exec('mkfifo', [path]),
  'a link to itself': path => symlink(path, path),
  'a link to nothing': path => symlink(join(box.root, 'nowhere'), path),
  'an empty file': path => writeFile(path, ''),
  'a file of 6 GB': async path => {
    await writeFile(path, 'PK');
    await truncate(path, 6 * 1024 ** 3);
  },
  'a file without permission': async path => {
    await writeFile(path, 'x');
    await chmod(path, 0o000);
  },
};
/** The file that is replaced, each of another module. */
const replaced = [
  'rsc.io/quote/@v/v1.5.2.info',
  'github.com/robfig/cron/v3/@v/v3.0.1.mod',
  'github.com/!burnt!sushi/toml/@v/v1.6.0.zip',
  'github.com/rs/zerolog/@v/v1.35.1.ziphash',
];

async function judged(): Promise<{ findings: { code: string; status: string; target: string }[]; stderr: string }> {
  const { stdout, stderr, exitCode, durationMs } = await box.run([
    'doctor',
    '--json',
    '--timeout',
    '6',
    '--mirror',
    mirror.url,
  ]);
  expect([0, 1]).toContain(exitCode);
  expect(durationMs).toBeLessThan(12_000);
  const { findings } = JSON.parse(stdout);
  expect(findings.filter(({ status }: { status: string }) => status === 'crash')).toEqual([]);
  return { findings, stderr };
}

describe('in place of a file of the module cache', () => {
  it.each(Object.keys(kinds))('%s', async kind => {
    const paths = replaced.map(file => join(box.moduleCache, 'cache/download', file));
    for (const path of paths) {
      await rm(path);
      await kinds[kind]!(path);
    }
    const { findings, stderr } = await judged();
    expect(stderr).toBe('');
    // What is not there is fetched again. Root, as in these tests, may read everything.
    const named = findings.filter(({ code }) => code === 'modcache-corrupt').map(({ target }) => target);
    for (const path of kind === 'a link to nothing' ? [] : paths) expect(named, path).toContain(path);
  });

  it.each(Object.keys(kinds))('%s: the module cache itself', async kind => {
    await rm(box.moduleCache, { recursive: true });
    await kinds[kind]!(box.moduleCache);
    const { findings } = await judged();
    const refused = findings.find(({ code }) => code === 'modcache-permission');
    if (kind === 'a folder') expect(refused).toBeUndefined();
    else expect(refused).toMatchObject({ status: 'fail', target: box.moduleCache });
  });

  it('a link in place of an unpacked module: --fix takes the link away and leaves what it leads to', async () => {
    const own = join(box.root, 'mine');
    await mkdir(own);
    await writeFile(join(own, 'a.go'), 'package a\n');
    await chmod(join(own, 'a.go'), 0o444);
    const unpacked = join(box.moduleCache, 'rsc.io/quote@v1.5.2');
    await rm(unpacked, { recursive: true });
    await symlink(own, unpacked);
    await box.run(['doctor', '--fix', '--yes', '--timeout', '6', '--mirror', mirror.url]);
    const { stdout } = await box.exec('stat', ['-c', '%a', join(own, 'a.go'), own]);
    expect(stdout).toBe('444\n755\n');
  });
});
