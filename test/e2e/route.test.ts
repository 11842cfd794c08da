import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Route } from '../../src/go/route.ts';
import { sandbox } from '../lab/sandbox.ts';

type Answer = Route & { error?: { code: string; message: string; hint: string | null }; warnings: { code: string }[] };

async function routeOf(module: string, env: Record<string, string>, files: Record<string, string> = {}) {
  const box = await sandbox({ env });
  for (const [name, text] of Object.entries(files)) await writeFile(join(box.work, name), text);
  const { stdout, stderr, exitCode } = await box.run(['route', '--json', module]);
  return { answer: JSON.parse(stdout) as Answer, stderr, exitCode };
}

const mirrors = 'https://goproxy.cn|athens.corp.test/go,direct';

describe('the steps', () => {
  it('follow the list, each with what makes go leave it', async () => {
    const { answer, exitCode } = await routeOf('rsc.io/quote@v1.5.2', { GOPROXY: mirrors });
    expect(exitCode).toBe(0);
    expect(answer).toMatchObject({
      schemaVersion: 1,
      command: 'route',
      module: 'rsc.io/quote',
      private: null,
      steps: [
        { kind: 'proxy', url: 'https://goproxy.cn', fallsBackOn: 'any-error' },
        { kind: 'proxy', url: 'https://athens.corp.test/go', fallsBackOn: 'not-found' },
        { kind: 'direct', url: null, fallsBackOn: null },
      ],
      checksumDatabase: { used: true, name: 'sum.golang.org', via: 'proxy', reason: 'default' },
      warnings: [],
    });
  });

  it('are the origin alone for a private module, even with GOPROXY=off', async () => {
    const { answer } = await routeOf('git.corp.test/team/lib', { GOPROXY: 'off', GOPRIVATE: '*.corp.test' });
    expect(answer.private).toEqual({ pattern: '*.corp.test', variable: 'GOPRIVATE' });
    expect(answer.steps).toEqual([{ kind: 'direct', url: null, fallsBackOn: null }]);
    expect(answer.checksumDatabase).toMatchObject({ used: false, name: null, via: null, reason: 'private' });
  });

  it('name GONOPROXY where that decides, and who still sees the name then', async () => {
    const { answer } = await routeOf('git.corp.test/lib', { GOPROXY: mirrors, GONOPROXY: 'git.corp.test' });
    expect(answer.private).toEqual({ pattern: 'git.corp.test', variable: 'GONOPROXY' });
    expect(answer.checksumDatabase.used).toBe(true);
    expect(answer.warnings.map(({ code }) => code)).toEqual(['sumdb-sees']);
  });
});

describe('the checksum database', () => {
  it.each([
    ['off', { used: false, name: null, via: null, reason: 'off' }],
    [
      'sum.golang.google.cn',
      { used: true, name: 'sum.golang.org', via: 'https://sum.golang.google.cn', reason: 'url' },
    ],
    [
      'sum.golang.org https://a.test/sumdb/sum.golang.org',
      { used: true, via: 'https://a.test/sumdb/sum.golang.org', reason: 'url' },
    ],
  ])('follows GOSUMDB=%s', async (GOSUMDB, expected) => {
    const { answer } = await routeOf('rsc.io/quote', { GOPROXY: mirrors, GOSUMDB });
    expect(answer.checksumDatabase).toMatchObject(expected);
  });

  it('is asked directly where no proxy is', async () => {
    const { answer } = await routeOf('rsc.io/quote', { GOPROXY: 'direct' });
    expect(answer.checksumDatabase).toMatchObject({ used: true, via: null });
  });

  it('is not asked for what go.sum holds, of the version that go.mod requires', async () => {
    const files = {
      'go.mod': 'module a.test/b\n\ngo 1.21\n\nrequire rsc.io/quote v1.5.2\n',
      'go.sum': 'rsc.io/quote v1.5.2 h1:w5fc=\nrsc.io/quote v1.5.2/go.mod h1:LzX7=\n',
    };
    const { answer } = await routeOf('rsc.io/quote', { GOPROXY: mirrors }, files);
    expect(answer.checksumDatabase).toMatchObject({ used: false, reason: 'go-sum' });
    const other = await routeOf('rsc.io/quote@v1.5.1', { GOPROXY: mirrors }, files);
    expect(other.answer.checksumDatabase.used).toBe(true);
  });

  it('is asked for toolchains whatever the patterns say', async () => {
    const { answer } = await routeOf('golang.org/toolchain', { GOPROXY: mirrors, GONOSUMDB: '*' });
    expect(answer.checksumDatabase).toMatchObject({ used: true, reason: 'toolchain' });
  });
});

describe('what is to mind', () => {
  it('names the public hosts to which a private-looking name would go', async () => {
    const box = await sandbox({ env: { GOPROXY: mirrors } });
    const { stdout } = await box.run(['route', 'git.corp.test/team/lib']);
    expect(stdout).toContain('git.corp.test/team/lib looks private, and its name goes to goproxy.cn, sum.golang.org');
    expect(stdout).toContain('go-mirror private add git.corp.test');
    expect((await box.run(['route', 'rsc.io/quote'])).stdout).not.toContain('looks private');
  });

  it('takes no mirror of the user’s own for a leak', async () => {
    const box = await sandbox({ env: { GOPROXY: 'https://go.mirror.cn', GOSUMDB: 'off' } });
    const warned = await box.run(['route', 'git.company.cn/lib', '--json']);
    expect((JSON.parse(warned.stdout) as Answer).warnings.map(({ code }) => code)).toEqual(['leak']);
    await mkdir(join(box.home, '.config'), { recursive: true });
    expect((await box.run(['add', 'company', 'https://go.mirror.cn'])).exitCode).toBe(0);
    const known = await box.run(['route', 'git.company.cn/lib', '--json']);
    expect((JSON.parse(known.stdout) as Answer).warnings).toEqual([]);
  });

  it('names who sees a module that GOPRIVATE has and GONOPROXY has not', async () => {
    const { answer } = await routeOf('example.test/lib', {
      GOPROXY: mirrors,
      GOPRIVATE: 'example.test',
      GONOPROXY: 'none',
    });
    expect(answer.warnings).toEqual([
      { code: 'overridden', pattern: 'example.test', hosts: 'goproxy.cn', value: 'none' },
    ]);
  });

  it('says what go.mod puts in its place, and what go cannot ask', async () => {
    const files = { 'go.mod': 'module a.test/b\n\ngo 1.21\n\nreplace rsc.io/quote => ../quote\n' };
    const env = { GOPROXY: 'http://u:geheim@a.test', GOFLAGS: '-mod=vendor' };
    const { answer } = await routeOf('rsc.io/quote', env, files);
    expect(answer.warnings.map(({ code }) => code)).toEqual(['replaced-local', 'insecure-credentials', 'flag-vendor']);
    expect(JSON.stringify(answer)).not.toContain('geheim');
  });
});

describe('what go refuses', () => {
  it.each([
    [{ GOPROXY: 'OFF' }, 'invalid proxy URL missing scheme: OFF'],
    [{ GOPROXY: 'http://127.0.0.1:1;direct' }, 'invalid port ":1;direct" after host'],
    [{ GOSUMDB: 'on' }, 'invalid GOSUMDB: malformed verifier id'],
    [{ GO111MODULE: 'off' }, 'modules disabled by GO111MODULE=off'],
    [{ GO111MODULE: 'yes' }, 'unknown environment setting GO111MODULE=yes'],
    [{ GOTOOLCHAIN: 'bogus' }, 'invalid GOTOOLCHAIN "bogus"'],
    [{ GOFLAGS: '-nosuchflag' }, 'unknown flag -nosuchflag'],
    [{ GOVCS: 'git', GOPRIVATE: '*' }, 'malformed entry in GOVCS (missing colon): "git"'],
  ])('%j: an error alone, exit 1', async (env, message) => {
    const { answer, exitCode } = await routeOf('rsc.io/quote', { GOPROXY: mirrors, ...env } as Record<string, string>);
    expect(exitCode).toBe(1);
    expect(Object.keys(answer)).toEqual(['schemaVersion', 'command', 'error']);
    expect(answer.error?.message).toContain(message);
    expect(answer.error?.hint).toBeTruthy();
  });

  it.each(['fmt', 'https://github.com/a/b', 'github.com//a', 'example.com/x/v1'])(
    '%s is no module path, exit 2',
    async path => {
      const { answer, exitCode } = await routeOf(path, { GOPROXY: mirrors });
      expect(exitCode).toBe(2);
      expect(answer.error?.message).toContain(`malformed module path "${path}"`);
    },
  );
});

it('explains every hop in Chinese too', async () => {
  const box = await sandbox({ env: { GOPROXY: mirrors } });
  const { stdout } = await box.run(['route', 'rsc.io/quote', '--lang', 'zh']);
  expect(stdout).toContain('遇到任何错误都换下一个');
  expect(stdout).toContain('只在 404 或 410 时换下一个');
  expect(stdout).toContain('由 sum.golang.org 校验');
});
