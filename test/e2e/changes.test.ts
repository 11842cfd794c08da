import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';

// Each test runs the command several times, which takes long on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

let box: Sandbox;
let file: string;
beforeEach(async () => {
  box = await sandbox();
  file = join(box.home, '.config/go/env');
});

const content = () => readFile(file, 'utf8').catch(() => null);
const json = (text: string) => JSON.parse(text);

describe('use', () => {
  it('sets a mirror with one go env -w, says so, and a second time changes nothing', async () => {
    const first = await box.run(['use', 'goproxy.cn', '--no-probe', '--json']);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(json(first.stdout)).toMatchObject({
      schemaVersion: 1,
      command: 'use',
      changes: [{ key: 'GOPROXY', from: null, to: 'https://goproxy.cn,direct' }],
      applied: true,
      effective: true,
      warnings: [],
    });
    expect(await content()).toBe('GOPROXY=https://goproxy.cn,direct\n');
    expect((await box.go(['env', 'GOPROXY'])).stdout).toBe('https://goproxy.cn,direct\n');
    const before = await stat(file);
    const second = await box.run(['use', 'goproxy.cn', '--no-probe', '--json']);
    expect(second.exitCode).toBe(0);
    expect(json(second.stdout)).toMatchObject({ changes: [], applied: true, effective: true });
    expect((await stat(file)).ino).toBe(before.ino);
    expect(json((await box.run(['history', '--json'])).stdout).entries).toHaveLength(1);
  });

  it('keeps what it was not asked to change, and merges GOPRIVATE', async () => {
    await box.go(['env', '-w', 'GOPRIVATE=git.old.example.com', 'GOFLAGS=-mod=mod', 'GONOPROXY=none']);
    const { exitCode } = await box.run([
      'use',
      'aliyun',
      '--no-probe',
      '--private',
      'git.new.example.com,git.old.example.com',
    ]);
    expect(exitCode).toBe(0);
    expect((await content())?.split('\n').sort()).toEqual([
      '',
      'GOFLAGS=-mod=mod',
      'GONOPROXY=none',
      'GOPRIVATE=git.old.example.com,git.new.example.com',
      'GOPROXY=https://mirrors.aliyun.com/goproxy/,direct',
      'GOSUMDB=sum.golang.google.cn',
    ]);
  });

  it('takes its own choice of GOSUMDB back where the mirror serves the database, and nobody else’s', async () => {
    await box.run(['use', 'aliyun', '--no-probe']);
    expect(await content()).toContain('GOSUMDB=sum.golang.google.cn');
    await box.run(['use', 'goproxy.cn', '--no-probe']);
    expect(await content()).toBe('GOPROXY=https://goproxy.cn,direct\n');
    await box.go(['env', '-w', 'GOSUMDB=sum.golang.google.cn']);
    await box.run(['use', 'aliyun', '--no-probe']);
    await box.run(['use', 'goproxy.cn', '--no-probe']);
    expect(await content()).toContain('GOSUMDB=sum.golang.google.cn');
  });

  it.each([
    ['sum.golang.org https://goproxy.cn', 'sum.golang.org'],
    ['https://sum.golang.google.cn/', 'sum.golang.google.cn'],
    ['on', 'sum.golang.org'],
  ])('repairs GOSUMDB=%s', async (broken, repaired) => {
    await box.go(['env', '-w', `GOSUMDB=${broken}`]);
    const { stdout, exitCode } = await box.run(['use', 'goproxy.cn', '--no-probe', '--json']);
    expect(exitCode).toBe(0);
    expect((await box.go(['env', 'GOSUMDB'])).stdout.trim()).toBe(repaired);
    expect(json(stdout).warnings).toMatchObject([{ code: 'gosumdb-repaired', from: broken, to: repaired }]);
  });

  it('says what shadows it: exit 1, the variable, the file and line, and what clears it', async () => {
    await box.exec('/bin/sh', [
      '-c',
      `printf '# mine\\nexport GOPROXY=https://old.example.com\\n' > ${box.home}/.bashrc`,
    ]);
    const env = { GOPROXY: 'https://old.example.com', SHELL: '/bin/bash' };
    const { stdout, exitCode } = await box.run(['use', 'goproxy.cn', '--no-probe', '--json'], { env });
    expect(exitCode).toBe(1);
    expect(json(stdout)).toMatchObject({
      applied: true,
      effective: false,
      warnings: [
        {
          code: 'shadowed',
          variable: 'GOPROXY',
          value: 'https://old.example.com',
          file: join(box.home, '.bashrc'),
          line: 2,
          remedy: 'unset GOPROXY',
        },
      ],
    });
    expect(await content()).toBe('GOPROXY=https://goproxy.cn,direct\n');
    const plain = await box.run(['use', 'goproxy.cn', '--no-probe'], { env });
    expect(plain.exitCode).toBe(1);
    expect(plain.stderr).toContain(`${join(box.home, '.bashrc')}:2`);
    expect(plain.stderr).toContain('unset GOPROXY');
  });

  it.each([
    ['tuna', 'goproxy.cn'],
    ['https://goproxy.huaweicloud.com', 'huawei'],
    ['nosuch', 'go-mirror ls'],
    ['https://goproxy.cn;direct', 'https://goproxy.cn,direct'],
    ['goproxy.cn，direct', 'goproxy.cn,direct'],
    ['https://goproxy.cn,nosuch', 'nosuch'],
    ['ftp://mirror.example.com,direct', 'ftp://mirror.example.com'],
    ['', 'go-mirror'],
  ])('refuses %s, and names the way out', async (given, named) => {
    const { stderr, stdout, exitCode } = await box.run(['use', given, '--no-probe']);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(named);
    expect(await content()).toBeNull();
  });

  it.each([
    ['https://mirror.example.com', 'https://mirror.example.com,direct'],
    ['mirror.example.com/go', 'https://mirror.example.com/go,direct'],
    ['goproxy.cn,aliyun|direct', 'https://goproxy.cn,https://mirrors.aliyun.com/goproxy/|direct'],
    ['https://a.example.com,https://b.example.com', 'https://a.example.com,https://b.example.com'],
    ['direct', 'direct'],
    ['off', 'off'],
  ])('takes %s as %s', async (given, value) => {
    const { exitCode } = await box.run(['use', given, '--no-probe']);
    expect(exitCode).toBe(0);
    expect((await box.go(['env', 'GOPROXY'])).stdout.trim()).toBe(value);
  });

  it('writes nothing with --dry-run, and refuses under GOENV=off', async () => {
    const dry = await box.run(['use', 'goproxy.cn', '--dry-run', '--json']);
    expect(json(dry.stdout)).toMatchObject({ applied: false, changes: [{ key: 'GOPROXY' }] });
    const off = await box.run(['use', 'goproxy.cn', '--no-probe'], { env: { GOENV: 'off' } });
    expect(off.exitCode).toBe(2);
    expect(off.stderr).toContain('GOENV=off');
    expect(await content()).toBeNull();
  });

  it('without go: one line with how to install it, or the file in Go’s own format when told', async () => {
    const env = { PATH: '/nowhere' };
    const refused = await box.run(['use', 'goproxy.cn', '--no-probe'], { env });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('golang.google.cn/dl');
    const { exitCode } = await box.run(['use', 'goproxy.cn', '--no-probe', '--without-go'], { env });
    expect(exitCode).toBe(0);
    expect((await box.go(['env', 'GOPROXY'])).stdout.trim()).toBe('https://goproxy.cn,direct');
  });
});

describe('undo', () => {
  it('walks back to the start, byte for byte', async () => {
    const start = '# mine\n\nGOPRIVATE=git.example.com\r\nGOPROXY=https://a.example.com\nnot a setting';
    await box.exec('/bin/sh', ['-c', `mkdir -p ${box.home}/.config/go && cat > ${file} && chmod 640 ${file}`], {
      input: start,
    });
    await box.run(['use', 'goproxy.cn', '--no-probe']);
    await box.run(['private', 'add', 'git.corp.example.com']);
    await box.run(['reset']);
    for (let step = 0; step < 3; step++) expect((await box.run(['undo'])).exitCode).toBe(0);
    expect(await content()).toBe(start);
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect(await box.run(['undo'])).toMatchObject({ exitCode: 1, stdout: '' });
  });

  it('removes a file that was not there before', async () => {
    await box.run(['use', 'goproxy.cn', '--no-probe']);
    expect((await box.run(['undo'])).exitCode).toBe(0);
    expect(await content()).toBeNull();
  });

  it('is refused, with the way out, when another hand has changed the file since', async () => {
    await box.run(['use', 'goproxy.cn', '--no-probe']);
    await box.go(['env', '-w', 'GOFLAGS=-mod=mod']);
    const { stderr, exitCode } = await box.run(['undo']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('go env -u GOPROXY');
    expect(await content()).toContain('GOPROXY=https://goproxy.cn,direct');
  });
});

describe('private', () => {
  it('adds, repairs what could match nothing, and removes', async () => {
    await box.run([
      'private',
      'add',
      'git.corp.example.com',
      'https://Git.Other.example.com:8443/team, *.x.example.com',
    ]);
    expect(await content()).toBe('GOPRIVATE=git.corp.example.com,git.other.example.com/team,*.x.example.com\n');
    const again = await box.run(['private', 'add', 'git.corp.example.com', '--json']);
    expect(json(again.stdout)).toMatchObject({ changes: [], applied: true });
    await box.run(['private', 'remove', 'git.corp.example.com', '*.x.example.com']);
    expect((await box.run(['private'])).stdout).toBe('git.other.example.com/team\n');
    await box.run(['private', 'remove', 'git.other.example.com/team']);
    expect(await content()).toBe('');
  });

  it('refuses what nobody can tell the meaning of', async () => {
    expect((await box.run(['private', 'add', 'git.[corp.example.com'])).exitCode).toBe(2);
    expect((await box.run(['private', 'show-me'])).exitCode).toBe(2);
  });
});

describe('reset', () => {
  it('unsets GOPROXY and GOSUMDB, with --all the patterns too', async () => {
    await box.go(['env', '-w', 'GOPROXY=off', 'GOSUMDB=off', 'GOPRIVATE=a.example.com', 'GOFLAGS=-mod=mod']);
    expect((await box.run(['reset'])).exitCode).toBe(0);
    expect(await content()).toBe('GOFLAGS=-mod=mod\nGOPRIVATE=a.example.com\n');
    await box.run(['reset', '--all']);
    expect(await content()).toBe('GOFLAGS=-mod=mod\n');
    expect((await box.run(['reset', '--all'])).exitCode).toBe(0);
  });
});

describe('what a go-mirror that was killed has left', () => {
  /** Leaves what a kill leaves: the journal of the newest change, as if it were not yet in the history. */
  async function crash(): Promise<string> {
    await box.run(['use', 'goproxy.cn', '--no-probe']);
    await box.run(['use', 'https://second.example.com', '--no-probe']);
    const state = join(box.home, '.local/state/go-mirror');
    await rename(join(state, 'history/000002.json'), join(state, 'pending.json'));
    return state;
  }

  it('is reported by commands that read, and put right by the next change', async () => {
    const state = await crash();
    for (const args of [['ls'], ['current'], ['history'], ['private']]) {
      const { stderr, exitCode } = await box.run(args);
      expect({ args, exitCode }).toEqual({ args, exitCode: 0 });
      expect(stderr).toContain('"use https://second.example.com"');
    }
    expect(await readdir(state)).toContain('pending.json');
    const { stderr } = await box.run(['private', 'add', 'git.corp.example.com']);
    expect(stderr).toContain('in the history now');
    expect(json((await box.run(['history', '--json'])).stdout).entries).toHaveLength(3);
    expect((await box.run(['ls'])).stderr).toBe('');
    for (let step = 0; step < 3; step++) expect((await box.run(['undo'])).exitCode).toBe(0);
    expect(await content()).toBeNull();
  });

  it('never counts as a change when it did not reach the file', async () => {
    const state = await crash();
    await writeFile(file, 'GOPROXY=https://goproxy.cn,direct\n');
    await writeFile(join(file, '../.env.go-mirror~elsewhere~1~1'), 'GOPROXY=https://half');
    await box.run(['private', 'add', 'git.corp.example.com']);
    const { entries } = json((await box.run(['history', '--json'])).stdout);
    expect(entries.map((entry: { command: string }) => entry.command)).toEqual([
      'private add git.corp.example.com',
      'use goproxy.cn',
    ]);
    expect(await readdir(state)).toEqual(['history']);
  });
});
