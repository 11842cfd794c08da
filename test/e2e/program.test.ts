import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/commands.ts';
import { version } from '../../src/version.ts';
import { goFolder, type Sandbox, sandbox } from '../lab/sandbox.ts';

let box: Sandbox;
beforeAll(async () => {
  box = await sandbox();
});

describe('go-mirror', () => {
  it('prints its version', async () => {
    expect(await box.run(['--version'])).toMatchObject({ stdout: `${version}\n`, stderr: '', exitCode: 0 });
  });

  it('prints its help where nothing is asked', async () => {
    const { stdout, stderr, exitCode } = await box.run([]);
    expect(stdout).toContain('Usage: go-mirror');
    for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });

  it.each(commands.map(({ name }) => name))('%s --help has examples in both languages', async name => {
    const english = await box.run([name, '--help']);
    expect(english.stdout).toContain('Examples:');
    expect(english.exitCode).toBe(0);
    const chinese = await box.run([name, '--help', '--lang', 'zh']);
    expect(chinese.stdout).toContain('示例：');
    expect(chinese.stderr).toBe('');
  });

  it.each([
    [['tset'], 'unknown command'],
    [['ls', '--nosuch'], '--nosuch'],
    [['add', 'one'], 'url'],
    [['test', '--timeout', 'soon'], 'soon'],
    [['test', '--timeout', '-1'], '-1'],
    [['ls', '--lang', 'fr'], 'fr'],
    [['ls', 'too', 'many'], 'too many'],
  ])('refuses %j with exit 2 and names it', async (args, named) => {
    const { stdout, stderr, exitCode } = await box.run(args);
    expect(stdout).toBe('');
    expect(stderr).toContain(named);
    expect(stderr).not.toContain('    at ');
    expect(exitCode).toBe(2);
  });

  it('suggests the command that was meant', async () => {
    expect((await box.run(['doktor'])).stderr).toContain('doctor');
    expect((await box.run(['doktor'], { env: { LANG: 'zh_CN.UTF-8' } })).stderr).toContain('是不是 doctor？');
  });

  it('keeps stdout for the one object of --json, errors too', async () => {
    const { stdout, stderr, exitCode } = await box.run(['nosuch', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, error: { code: 'usage', hint: 'go-mirror --help' } });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 2 });
  });
});

describe('how often go is asked', () => {
  const log = 'go: rsc.io/quote@v1.5.2: dial tcp: lookup goproxy.cn: no such host\n';

  it.each<[readonly string[], string[]]>([
    [['ls'], ['env']],
    [['current'], ['env']],
    [
      ['use', 'goproxy.cn', '--no-probe'],
      ['env', 'env', 'env'],
    ],
    // The same once more changes nothing.
    [['use', 'goproxy.cn', '--no-probe'], ['env']],
    [['explain'], ['env']],
    [['explain', '--no-env'], []],
    [['explain', '--list'], []],
    [['history'], []],
    [['use', '--help'], []],
    [['use', '--nosuch'], []],
    [['nosuch'], []],
  ])('%j', async (args, expected) => {
    const calls = join(box.root, 'calls');
    const folder = join(box.root, 'counting');
    await rm(calls, { force: true });
    await mkdir(folder, { recursive: true });
    const script = `#!/bin/sh\necho "$1" >> ${calls}\nexec ${join(goFolder, 'go')} "$@"\n`;
    await writeFile(join(folder, 'go'), script, { mode: 0o755 });
    await box.run(args, { env: { PATH: `${folder}:${box.env.PATH}` }, input: log });
    const asked = await readFile(calls, 'utf8').catch(() => '');
    expect(asked.split('\n').filter(Boolean)).toEqual(expected);
  });
});
