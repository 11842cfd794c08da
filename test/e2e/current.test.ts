import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { layOut } from '../go/settings-lab.ts';
import { sandbox } from '../lab/sandbox.ts';

interface Answer {
  go: { version: string; path: string } | null;
  envFile: { path: string; exists: boolean };
  settings: Record<string, { value: string; source: string; shadowed: { value: string; source: string } | null }>;
  mirror: string | null;
}

it('prints one object with every setting, its source and the mirror', async () => {
  const box = await layOut({
    file: 'GOPROXY=https://goproxy.cn,direct\nGOPRIVATE=git.corp.test\n',
    env: { GOSUMDB: 'off' },
  });
  const { stdout, stderr, exitCode } = await box.run(['current', '--json']);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  const answer = JSON.parse(stdout) as Answer;
  expect(answer).toMatchObject({
    schemaVersion: 1,
    command: 'current',
    go: { path: expect.stringMatching(/\/go$/), version: expect.stringMatching(/^go1\./) },
    envFile: { path: join(box.home, '.config/go/env'), exists: true },
    mirror: 'goproxy.cn',
  });
  expect(Object.keys(answer.settings)).toEqual([
    ...['GOPROXY', 'GOSUMDB', 'GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOINSECURE', 'GOVCS', 'GOFLAGS', 'GOTOOLCHAIN'],
    ...['GOAUTH', 'GO111MODULE'],
  ]);
  expect(answer.settings.GOPROXY).toMatchObject({ value: 'https://goproxy.cn,direct', source: 'file' });
  expect(answer.settings.GOSUMDB).toMatchObject({ value: 'off', source: 'os' });
  expect(answer.settings.GONOPROXY).toEqual({ value: 'git.corp.test', source: 'default', shadowed: null });
});

it('shows what is odd, beside the value or below a narrow table', async () => {
  const env = { GOPROXY: 'https://goproxy.cn;direct', GOPRIVATE: 'a.test, b.test' };
  const box = await layOut({ file: 'GOPROXY=https://goproxy.cn\n', env });
  const wide = await box.run(['current']);
  expect(wide.stdout).toMatch(
    /^GOPROXY +https:\/\/goproxy\.cn;direct +environment +! likely meant: https:\/\/goproxy\.cn,direct/m,
  );
  expect(wide.stdout).toContain('hides https://goproxy.cn of the settings file');
  expect(wide.exitCode).toBe(0);
  const narrow = await box.run(['current', '--lang', 'zh'], { env: { COLUMNS: '60' } });
  expect(narrow.stdout).toMatch(/^! GOPRIVATE：“ b\.test”匹配不到任何模块；可能想写的是 b\.test$/m);
  const table = narrow.stdout.split('\n\n')[1]!;
  for (const line of table.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(60);
});

it('shows no password, and marks characters that are not seen', async () => {
  const box = await layOut({ file: 'GOPROXY=https://u:geheim@athens.corp.test,direct\r\n' });
  const outputs = [await box.run(['current']), await box.run(['current', '--json']), await box.run(['current', '-v'])];
  for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toContain('geheim');
  expect(outputs[0]!.stdout).toContain('https://u:xxxxx@athens.corp.test,direct\\r');
});

it('works without go, and says how to get it', async () => {
  const box = await layOut({ file: 'GOPROXY=https://goproxy.cn,direct\n', go: null });
  const { stdout, stderr, exitCode } = await box.run(['current', '--json']);
  expect(exitCode).toBe(0);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/Go is (not installed|installed at)/);
  expect(JSON.parse(stdout)).toMatchObject({
    go: null,
    mirror: 'goproxy.cn',
    settings: { GOPROXY: { source: 'file' } },
  });
});

it('reads past settings that stop go, and says so', async () => {
  const box = await layOut({ file: 'GOPROXY=https://goproxy.cn,direct\nGOTOOLCHAIN=bogus\nGOFLAGS=-nosuchflag\n' });
  const { stdout, stderr, exitCode } = await box.run(['current', '--json']);
  expect(exitCode).toBe(0);
  expect(stderr).toContain('invalid GOTOOLCHAIN "bogus"');
  const { settings } = JSON.parse(stdout) as Answer;
  expect(settings.GOTOOLCHAIN).toMatchObject({ value: 'bogus', source: 'file' });
  expect(settings.GOFLAGS).toEqual({ value: '-nosuchflag', source: 'file', shadowed: null });
});

it('writes nothing', async () => {
  const box = await sandbox();
  await mkdir(join(box.work, 'project'));
  await writeFile(join(box.work, 'project/go.mod'), 'module a.test/b\n\ngo 1.21\n');
  await box.run(['current'], { cwd: join(box.work, 'project') });
  const { stdout } = await box.exec('find', [box.home, '-mindepth', '1']);
  expect(stdout).toBe('');
});
