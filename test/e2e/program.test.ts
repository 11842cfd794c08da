import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/commands.ts';
import { version } from '../../src/version.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';

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
