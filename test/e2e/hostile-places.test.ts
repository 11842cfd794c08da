import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { madeModule } from '../lab/made-module.ts';
import { labMirror } from '../lab/mirror.ts';
import { command, type Sandbox, sandbox } from '../lab/sandbox.ts';

const before = 'GOPROXY=https://before.example.com\n';
const setMirror = ['use', 'goproxy.cn', '--no-probe'];
// Each test runs the command several times, which takes long on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

let box: Sandbox;
let folder: string;
let file: string;

beforeEach(async () => {
  box = await sandbox();
  folder = join(box.home, '.config/go');
  file = join(folder, 'env');
  await mkdir(folder, { recursive: true });
  await writeFile(file, before);
});

/** go-mirror without the right to do everything: permissions hold for root too then. */
function runBounded(args: readonly string[]) {
  const bare = [process.execPath, command, ...args];
  if (process.geteuid?.() !== 0) return box.exec(bare[0]!, bare.slice(1));
  return box.exec('setpriv', ['--bounding-set=-all', '--inh-caps=-all', ...bare]);
}

/** go-mirror after a preparation in a mount namespace of its own. */
const asUser = process.geteuid?.() === 0 ? [] : ['--user', '--map-root-user'];
const inNamespace = (prepare: string, args: readonly string[]) =>
  box.exec('unshare', [
    '--mount',
    ...asUser,
    '/bin/sh',
    '-ec',
    `${prepare}; exec "$@"`,
    'sh',
    process.execPath,
    command,
    ...args,
  ]);
const canMount = spawnSync('unshare', ['--mount', ...asUser, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
const canFreeze =
  process.geteuid?.() === 0 &&
  spawnSync('/bin/sh', ['-c', 'd=$(mktemp -d); chattr +i $d && chattr -i $d && rmdir $d']).status === 0;

describe('a change that cannot be made says why, names the path, and leaves the file as it was', () => {
  it.each([
    ['a read-only file', 0o444, 0o755],
    ['a read-only folder', 0o644, 0o555],
  ])('%s', async (_, fileMode, folderMode) => {
    await chmod(file, fileMode);
    await chmod(folder, folderMode);
    const { exitCode, stdout, stderr } = await runBounded(setMirror);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(file);
    expect(stderr).toContain('permission denied');
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(await readdir(folder)).toEqual(['env']);
    await chmod(folder, 0o755);
  });

  it('a home folder in which nothing can be made', async () => {
    const home = join(box.root, 'closed');
    await mkdir(home, { mode: 0o555 });
    box.env.HOME = home;
    const { exitCode, stderr } = await runBounded(setMirror);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(join(home, '.config/go/env'));
    expect(await readdir(home)).toEqual([]);
  });

  it('a folder in the file’s place', async () => {
    const { exitCode, stderr } = await box.run(setMirror, { env: { GOENV: folder } });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(folder);
    expect(stderr).toContain('folder in its place');
  });

  it('a device in the file’s place, and a file in the folder’s', async () => {
    const device = await box.run(setMirror, { env: { GOENV: '/dev/null' } });
    expect(device.exitCode).toBe(1);
    expect(device.stderr).toContain('/dev/null');
    const below = await box.run(setMirror, { env: { GOENV: join(file, 'env') } });
    expect(below.exitCode).toBe(1);
    expect(below.stderr).toContain(join(file, 'env'));
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('no home folder at all', async () => {
    const { exitCode, stderr } = await box.run(setMirror, { env: { HOME: undefined } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('HOME');
  });

  it.skipIf(!canFreeze)('an immutable folder, an immutable file', async () => {
    for (const frozen of [folder, file]) {
      await box.exec('chattr', ['+i', frozen]);
      const { exitCode, stderr } = await box.run(setMirror);
      await box.exec('chattr', ['-i', frozen]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(frozen);
      expect(stderr).toContain('immutable');
      expect(await readFile(file, 'utf8')).toBe(before);
      expect(await readdir(folder)).toEqual(['env']);
    }
  });

  it.skipIf(!canMount)('a full disk', async () => {
    const prepare = `mount -t tmpfs -o size=16k tmpfs ${folder}; printf '${before.trim()}\\n' > ${file}; cat /dev/zero > ${folder}/fill 2>/dev/null || true`;
    const after = [
      '/bin/sh',
      '-c',
      `"$@"; echo "rc=$?"; cat ${file}; ls -A ${folder}`,
      'sh',
      process.execPath,
      command,
    ];
    const { stdout, stderr } = await box.exec('unshare', [
      '--mount',
      ...asUser,
      '/bin/sh',
      '-c',
      `${prepare}; "$@"`,
      'sh',
      ...after,
      ...setMirror,
    ]);
    expect(stderr).toContain(file);
    expect(stderr).toContain('no space left');
    expect(stdout).toContain(`rc=1\n${before}env\nfill\n`);
  });

  it.skipIf(!canMount)('a read-only file system', async () => {
    const { exitCode, stderr } = await inNamespace(
      `mount --bind ${folder} ${folder}; mount -o remount,bind,ro ${folder}`,
      setMirror,
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain(file);
    expect(stderr).toContain('read-only file system');
    expect(await readFile(file, 'utf8')).toBe(before);
  });
});

it.skipIf(!canMount)('a disk that is full in the middle of a pull is named', async () => {
  const noise = Array.from({ length: 12 }, () => randomBytes(1024 * 1024).toString('latin1'));
  const files = madeModule('made.test/large', { 'v1.0.0': { 'noise.bin': noise.join('') } });
  const mirror = await labMirror({ files });
  const tiny = join(box.root, 'tiny');
  const { exitCode, stdout } = await inNamespace(
    `mkdir ${tiny}; mount -t tmpfs -o size=2m tmpfs ${tiny}; export XDG_CACHE_HOME=${tiny} GOPROXY=${mirror.url} GOSUMDB=off`,
    ['pull', 'made.test/large@v1.0.0', '--json'],
  );
  expect([exitCode, JSON.parse(stdout).cause]).toEqual([1, 'disk-full']);
});

describe('a settings file elsewhere', () => {
  it('stays a symlink into another folder, which undo restores too', async () => {
    const elsewhere = join(box.root, 'dotfiles');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'goenv'), before, { mode: 0o600 });
    const link = join(box.home, 'link');
    await symlink('../dotfiles/goenv', link);
    const env = { GOENV: link };
    expect((await box.run(setMirror, { env })).exitCode).toBe(0);
    expect(await readFile(join(elsewhere, 'goenv'), 'utf8')).toBe('GOPROXY=https://goproxy.cn,direct\n');
    expect(await readdir(elsewhere)).toEqual(['goenv']);
    expect((await box.exec('stat', ['-c', '%F %a', link, join(elsewhere, 'goenv')])).stdout).toBe(
      'symbolic link 777\nregular file 600\n',
    );
    expect((await box.run(['undo'], { env })).exitCode).toBe(0);
    expect(await readFile(join(elsewhere, 'goenv'), 'utf8')).toBe(before);
  });

  it('is made where a dangling symlink points to', async () => {
    await symlink('made-later', join(box.root, 'dangling'));
    const env = { GOENV: join(box.root, 'dangling') };
    expect((await box.run(setMirror, { env })).exitCode).toBe(0);
    expect(await readFile(join(box.root, 'made-later'), 'utf8')).toBe('GOPROXY=https://goproxy.cn,direct\n');
  });
});
