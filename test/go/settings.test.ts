import { chmod, copyFile, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goFolder } from '../lab/sandbox.ts';
import { goRelease, goReleases } from '../lab/tools.ts';
import { factsOf, goSays, layOut, valuesOf } from './settings-lab.ts';

const line = fc.constantFrom(
  ...[
    'GOPROXY=https://a.test,direct',
    'GOPROXY=',
    'GOPROXY=https://b.test|off',
    '\ufeffGOPROXY=https://bom.test',
    ' GOPROXY=https://indented.test',
  ],
  ...[
    'GOSUMDB=off',
    'GOSUMDB=',
    'GOSUMDB=sum.golang.org https://goproxy.cn',
    'GOPRIVATE=a.test,b.test',
    'GOPRIVATE=',
    'GONOPROXY=none',
    'GONOPROXY=',
  ],
  ...[
    'GONOSUMDB=*',
    'GONOSUMDB=',
    'GOFLAGS=-nosuchflag',
    'GOFLAGS=-mod=mod',
    'GOTOOLCHAIN=local',
    'GOTOOLCHAIN=',
    'GOAUTH=off',
    'GOAUTH=',
    'GOVCS=*:git',
  ],
  ...[
    'GOINSECURE=a.test # no comment',
    'GO111MODULE=auto',
    'goproxy=https://lower.test',
    '# comment',
    '',
    'NOEQUALS',
    '=x',
    'GOPROXY =https://space.test',
  ],
);
const file = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\n', '\n', '\r\n')), { maxLength: 8 })
  .map(lines => lines.flat().join(''));
const osEnv = fc.dictionary(
  fc.constantFrom('GOPROXY', 'GOSUMDB', 'GOPRIVATE', 'GONOSUMDB', 'GOTOOLCHAIN', 'GOAUTH', 'GOFLAGS', 'GO111MODULE'),
  fc.constantFrom('', 'local', 'auto', 'off'),
  { maxKeys: 3 },
);
const machines = fc.record({ file: fc.option(file, { nil: undefined }), env: osEnv }).filter(({ env }) => {
  return env.GO111MODULE !== 'local' && env.GOTOOLCHAIN !== 'off';
});

describe.each([...goReleases, 'installed'] as const)('with go %s', release => {
  it('reads what go reads, from generated files and environments', { timeout: 300_000 }, async () => {
    const go = release === 'installed' ? join(goFolder, 'go') : await goRelease(release);
    const generated = fc.sample(machines, { seed: 11, numRuns: 8 });
    await Promise.all(
      generated.map(async ({ file, env }) => {
        const box = await layOut({ ...(file === undefined ? {} : { file }), env, go });
        const facts = await factsOf(box);
        expect({ file, env, values: valuesOf(facts) }).toEqual({ file, env, values: await goSays(box, go) });
        if (release !== 'installed') expect(facts.settings.go?.version).toBe(`go${release}`);
      }),
    );
  });

  it('knows an empty GOPROXY in the file as a broken list from 1.21 on, as nothing before', async () => {
    const go = release === 'installed' ? join(goFolder, 'go') : await goRelease(release);
    const box = await layOut({ file: 'GOPROXY=\n', go });
    const { GOPROXY } = (await factsOf(box)).settings.values;
    if (/^1\.(18|20)/.test(release)) expect(GOPROXY).toMatchObject({ source: 'default', shadowed: null });
    else expect(GOPROXY).toMatchObject({ value: '', source: 'file', shadowed: { source: 'goroot' } });
  });
});

describe('where a value comes from', () => {
  it('names the source and what it hides', async () => {
    const box = await layOut({
      file: 'GOPROXY=https://file.test\nGOSUMDB=off\n',
      env: { GOPROXY: 'https://os.test', GOPRIVATE: 'a.test' },
    });
    const { values } = (await factsOf(box)).settings;
    expect(values.GOPROXY).toEqual({
      value: 'https://os.test',
      source: 'os',
      shadowed: { value: 'https://file.test', source: 'file' },
    });
    expect(values.GOSUMDB).toMatchObject({ value: 'off', source: 'file' });
    expect(values.GOPRIVATE).toEqual({ value: 'a.test', source: 'os', shadowed: null });
    expect(values.GONOPROXY).toEqual({ value: 'a.test', source: 'default', shadowed: null });
    expect(values.GOAUTH).toEqual({ value: 'netrc', source: 'default', shadowed: null });
  });

  it('takes the defaults of $GOROOT/go.env as such', async () => {
    const { values } = (await factsOf(await layOut({}))).settings;
    expect(values.GOPROXY).toMatchObject({ source: 'goroot', shadowed: null });
    expect(values.GOSUMDB).toMatchObject({ value: 'sum.golang.org', source: 'goroot' });
  });

  it('keeps a carriage return, and lets the last of several lines win', async () => {
    const { values } = (await factsOf(await layOut({ file: 'GOPROXY=a.test\nGOSUMDB=off\r\nGOPROXY=b.test' })))
      .settings;
    expect(values.GOPROXY).toMatchObject({ value: 'b.test', source: 'file' });
    expect(values.GOSUMDB).toMatchObject({ value: 'off\r', source: 'file' });
  });
});

describe('where the file is', () => {
  it('follows GOENV, also to a symbolic link and relative to the folder', async () => {
    const box = await layOut({});
    await writeFile(join(box.root, 'real'), 'GOPROXY=https://linked.test\n');
    await symlink(join(box.root, 'real'), join(box.work, 'link'));
    for (const GOENV of [join(box.work, 'link'), 'link']) {
      const { settings } = await factsOf(box, { GOENV });
      expect(settings.envFile).toEqual({ path: join(box.work, 'link'), exists: true, off: false, ignored: [] });
      expect(settings.values.GOPROXY).toMatchObject({ value: 'https://linked.test', source: 'file' });
    }
  });

  it('reads none under GOENV=off', async () => {
    const { settings } = await factsOf(await layOut({ file: 'GOPROXY=off\n', env: { GOENV: 'off' } }));
    expect(settings.envFile).toEqual({ path: null, exists: false, off: true, ignored: [] });
    expect(settings.values.GOPROXY.source).toBe('goroot');
  });

  it('follows XDG_CONFIG_HOME', async () => {
    const box = await layOut({ file: 'GOPROXY=off\n' });
    await mkdir(join(box.root, 'xdg/go'), { recursive: true });
    await writeFile(join(box.root, 'xdg/go/env'), 'GOPROXY=https://xdg.test\n');
    const { settings } = await factsOf(box, { XDG_CONFIG_HOME: join(box.root, 'xdg') });
    expect(settings.envFile.path).toBe(join(box.root, 'xdg/go/env'));
    expect(settings.values.GOPROXY.value).toBe('https://xdg.test');
  });

  it('has none without a home folder', async () => {
    const { settings } = await factsOf(await layOut({ file: 'GOPROXY=off\n' }), { HOME: undefined });
    expect(settings.envFile).toEqual({ path: null, exists: false, off: false, ignored: [] });
    expect(settings.values.GOPROXY.source).toBe('goroot');
  });

  it.each(['a folder', 'unreadable bytes'])('takes %s in its place as nothing', async what => {
    const box = await layOut(what === 'a folder' ? {} : { file: Buffer.from([0xff, 0xfe, 0x0a, 0x80, 0x3d, 0x41]) });
    if (what === 'a folder') await mkdir(join(box.home, '.config/go/env'), { recursive: true });
    expect((await factsOf(box)).settings.values.GOPROXY.source).toBe('goroot');
  });

  it('leaves no trace of having read it', async () => {
    const box = await layOut({});
    await factsOf(box);
    expect(await readdir(box.home)).toEqual([]);
    expect(await readdir(box.work)).toEqual([]);
  });
});

describe('a go that does not answer as it should', () => {
  const broken = { file: 'GOPROXY=https://file.test\nGOFLAGS=-nosuchflag\n', env: { GOPRIVATE: 'a.test' } };
  const expected = {
    GOPROXY: 'https://file.test',
    GOSUMDB: 'sum.golang.org',
    GOPRIVATE: 'a.test',
    GONOPROXY: 'a.test',
    GOFLAGS: '-nosuchflag',
  };

  it.each(['bogus', 'go1.2.3.4', 'go1.999.0'])('reads past GOTOOLCHAIN=%s in the file', async value => {
    const facts = await factsOf(await layOut({ ...broken, file: `${broken.file}GOTOOLCHAIN=${value}\n` }));
    expect(valuesOf(facts)).toMatchObject({ ...expected, GOTOOLCHAIN: value });
    expect(facts.settings.values.GOTOOLCHAIN.source).toBe('file');
    expect(facts.switch).toMatchObject({ wanted: value, available: false });
    expect(facts.fault).toBeNull();
  });

  it('reads past GO111MODULE=yes, by its own rules', async () => {
    const facts = await factsOf(await layOut({ ...broken, file: `${broken.file}GO111MODULE=yes\n` }));
    expect(valuesOf(facts)).toMatchObject({ ...expected, GO111MODULE: 'yes' });
    expect(facts.fault?.message).toBe('go: unknown environment setting GO111MODULE=yes');
    expect(facts.settings.go?.version).toMatch(/^go1\./);
  });

  it('reads without go', async () => {
    const { settings, toolchain } = await factsOf(await layOut({ ...broken, go: null }));
    expect(toolchain).toBeNull();
    expect(settings.go).toBeNull();
    expect(settings.values.GOPROXY).toEqual({ value: 'https://file.test', source: 'file', shadowed: null });
    expect(settings.values.GOSUMDB).toEqual({ value: 'sum.golang.org', source: 'default', shadowed: null });
  });

  it.each([
    ['exec sleep 60', true],
    ['echo no go here >&2; exit 3', false],
    ['echo nonsense', false],
  ])('reads past a go that is a script: %s', { timeout: 60_000 }, async (script, hangs) => {
    const box = await layOut(broken);
    const go = join(box.root, 'bin/go');
    await mkdir(join(box.root, 'bin'));
    await writeFile(go, `#!/bin/sh\n${script}\n`);
    await chmod(go, 0o755);
    const facts = await factsOf(box, { PATH: `${join(box.root, 'bin')}:/usr/bin:/bin` });
    expect(facts.fault?.timedOut).toBe(hangs);
    expect(facts.settings.go).toEqual({ version: '', path: go });
    expect(facts.settings.values.GOPROXY.value).toBe('https://file.test');
  });

  it('passes over a go that cannot be executed', async () => {
    const box = await layOut({});
    await mkdir(join(box.root, 'bin/go'), { recursive: true });
    await mkdir(join(box.root, 'bin2'));
    await writeFile(join(box.root, 'bin2/go'), 'no program');
    const facts = await factsOf(box, { PATH: `${box.root}/bin:${box.root}/bin2:${goFolder}` });
    expect(facts.toolchain?.path).toBe(join(goFolder, 'go'));
  });
});

describe('another release in this folder', () => {
  it('is the one that GOTOOLCHAIN names, where it is on this machine', async () => {
    const go = await goRelease('1.22.12');
    const box = await layOut({ env: { GOTOOLCHAIN: 'go1.22.12' } });
    await mkdir(join(box.root, 'bin'));
    await symlink(go, join(box.root, 'bin/go1.22.12'));
    const env = { PATH: `${goFolder}:${box.root}/bin:/usr/bin:/bin` };
    const facts = await factsOf(box, env);
    expect(facts.settings.go?.version).toBe('go1.22.12');
    expect(facts.switch).toEqual({ wanted: 'go1.22.12', available: true, message: '' });
    expect(valuesOf(facts)).toEqual(await goSays(box, join(goFolder, 'go'), env));
  });

  it.each(['1.20.14', '1.24.11'] as const)(
    'is read from the module cache without asking anybody: %s',
    async release => {
      const goroot = dirname(dirname(await goRelease(release)));
      const box = await layOut({ file: 'GOSUMDB=off\n', env: { GOTOOLCHAIN: `go${release}` } });
      const cached = join(box.moduleCache, 'golang.org', basename(goroot));
      await mkdir(dirname(cached), { recursive: true });
      await symlink(goroot, cached);
      const partial = join(box.moduleCache, 'cache/download/golang.org/toolchain/@v');
      await mkdir(partial, { recursive: true });
      const version = basename(goroot).replace('toolchain@', '');
      await copyFile(
        join(goroot, '../../cache/download/golang.org/toolchain/@v', `${version}.ziphash`),
        join(partial, `${version}.ziphash`),
      );
      const facts = await factsOf(box);
      expect(facts.switch).toEqual({ wanted: `go${release}`, available: true, message: '' });
      expect(facts.settings.go?.version).toBe(`go${release}`);
      const direct = await goSays(box, join(goroot, 'bin/go'), { GOTOOLCHAIN: 'local' });
      expect(valuesOf(facts)).toEqual({ ...direct, GOTOOLCHAIN: `go${release}` });
    },
  );

  it('is not downloaded: a go.mod that wants a newer one is read with the installed one', async () => {
    const box = await layOut({ env: { GOTOOLCHAIN: 'auto', GOPROXY: 'http://127.0.0.1:9' } });
    await writeFile(join(box.work, 'go.mod'), 'module a.test/b\n\ngo 1.21\n\ntoolchain go1.999.1\n');
    const facts = await factsOf(box);
    expect(facts.switch).toMatchObject({ wanted: 'go1.999.1', available: false });
    expect(facts.settings.values.GOPROXY.value).toBe('http://127.0.0.1:9');
    expect(facts.settings.values.GOTOOLCHAIN).toMatchObject({ value: 'auto', source: 'os' });
    expect(facts.goMod).toBe(join(box.work, 'go.mod'));
  });
});
