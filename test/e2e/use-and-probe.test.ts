import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { htmlPage } from '../lab/fault.ts';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { sumdbReplica } from '../lab/sumdb.ts';

// Each test runs the command several times, which takes long on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

let box: Sandbox;
beforeEach(async () => {
  box = await sandbox();
});

const goodMirror = async (delayMs = 0): Promise<LabMirror> =>
  labMirror({ tree: await moduleTree(), sumdb: await sumdbReplica(), ...(delayMs ? { faults: [{ delayMs }] } : {}) });
const warningsOf = (stdout: string): { code: string; [key: string]: unknown }[] => JSON.parse(stdout).warnings;

describe('the short probe after use', () => {
  it('says nothing of a mirror that works', async () => {
    const mirror = await goodMirror();
    const { exitCode, stdout } = await box.run(['use', mirror.url, '--json']);
    expect(exitCode).toBe(0);
    expect(warningsOf(stdout)).toEqual([]);
    expect(mirror.requests.length).toBeGreaterThan(2);
    expect(mirror.requests.length).toBeLessThanOrEqual(20);
  });

  it.each([
    ['stalls', { stall: 'before' as const }],
    ['answers 500', { status: 500 }],
    ['answers HTML with 200', htmlPage],
  ])('warns of one that %s; the change stands, exit 0', async (_, fault) => {
    const mirror = await labMirror({ tree: await moduleTree(), faults: [fault] });
    const { exitCode, stdout, durationMs } = await box.run(['use', mirror.url, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ applied: true, effective: true });
    expect(warningsOf(stdout)).toMatchObject([{ code: 'probe-failed', name: mirror.host }]);
    expect(durationMs).toBeLessThan(20_000);
  });

  it('warns of one that nothing listens at, unless it is told not to look', async () => {
    const { stderr, exitCode } = await box.run(['use', 'http://127.0.0.1:9']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('127.0.0.1:9');
    expect(await box.run(['use', 'http://127.0.0.1:9', '--no-probe'])).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

describe('use --fastest', () => {
  const entry = (name: string, url: string, status = 'active') => ({
    name,
    url,
    operator: 'test',
    kind: 'public',
    status,
    reason: 'test',
    source: 'test',
    date: '2026-11-22',
    sumdb: true,
  });
  const catalogue = async (mirrors: object[]) => {
    const file = join(box.root, 'catalogue.json');
    const official = {
      ...entry('official', 'http://127.0.0.1:9'),
      kind: 'official',
      status: 'retired',
      useInstead: 'x',
    };
    await writeFile(file, JSON.stringify({ version: 1, updated: '2026-11-22', mirrors: [...mirrors, official] }));
    return ['--catalogue', file];
  };

  it('takes the one with the shortest pull: not the fast liar, not the retired one, one’s own too', async () => {
    const [slow, fast, liar] = [await goodMirror(150), await goodMirror(), await labMirror({ files: {} })];
    const file = await catalogue([
      entry('slow', slow.url),
      entry('liar', liar.url),
      entry('gone', (await goodMirror()).url, 'retired'),
    ]);
    await box.run(['add', 'mine', fast.url, ...file]);
    const { exitCode, stdout, stderr } = await box.run(['use', '--fastest', '--json', '--no-probe', ...file]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ mirror: 'mine', changes: [{ to: `${fast.url},direct` }] });
  });

  it('changes nothing when none works, exit 1', async () => {
    const file = await catalogue([entry('dead', 'http://127.0.0.1:9')]);
    const { exitCode, stdout } = await box.run(['use', '--fastest', '--json', ...file]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).error.code).toBe('use.none-works');
    expect((await box.run(['history', '--json'])).stdout).toContain('"entries": []');
  });

  it('does not go with a mirror', async () => {
    expect((await box.run(['use', 'aliyun', '--fastest'])).exitCode).toBe(2);
  });

  describe('with a mirror in effect', () => {
    const memory = () => join(box.home, '.local/state/go-mirror/measurements/measurements.json');
    const kept = async (): Promise<{ mirror: string; outcome: string }[]> =>
      JSON.parse(await readFile(memory(), 'utf8')).measurements;

    /** Two mirrors that answer after so many milliseconds, `a` in effect; null: nothing listens. */
    async function between(a: number | null, b: number) {
      const [first, second] = [a === null ? { url: 'http://127.0.0.1:9' } : await goodMirror(a), await goodMirror(b)];
      const file = await catalogue([entry('a', first.url), entry('b', second.url)]);
      await box.go(['env', '-w', `GOPROXY=${first.url}`]);
      const fastest = (...more: string[]) => box.run(['use', '--fastest', '--no-probe', ...more, ...file]);
      return { a: first.url, b: second.url, file, fastest };
    }

    it('keeps it as it stands where another is hardly faster', async () => {
      const { a, fastest } = await between(105, 100);
      const { exitCode, stdout, stderr } = await fastest('--json');
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        mirror: 'a',
        changes: [],
        applied: true,
        effective: true,
        warnings: [],
        fastest: { why: expect.stringMatching(/^kept-(best|small-gain)$/) },
      });
      expect(stderr).toMatch(/kept a: (b would be only \d+ % faster|the fastest of 2)/);
      expect((await box.go(['env', 'GOPROXY'])).stdout.trim()).toBe(a);
      expect((await box.run(['history', '--json'])).stdout).toContain('"entries": []');
    });

    it('still does what else is asked', async () => {
      const { a, fastest } = await between(20, 200);
      const { stdout } = await fastest('--json', '--private', 'git.corp.example.com');
      expect(JSON.parse(stdout).changes).toMatchObject([{ key: 'GOPRIVATE', to: 'git.corp.example.com' }]);
      await box.go(['env', '-w', `GOPROXY=${a},direct`]);
      const other = await fastest('--json', '--fallback', 'any-error');
      expect(JSON.parse(other.stdout).changes).toMatchObject([{ key: 'GOPROXY', to: `${a}|direct` }]);
    });

    it('takes one that is three times as fast', async () => {
      const { b, fastest } = await between(150, 50);
      const { exitCode, stdout, stderr } = await fastest('--json');
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        mirror: 'b',
        changes: [{ key: 'GOPROXY', to: `${b},direct` }],
        fastest: { why: 'better', other: 'a', gain: expect.any(Number) },
      });
      expect(stderr).toMatch(/b in place of a: a pull takes about \d\d % less time/);
    });

    it('leaves one that fails', async () => {
      const { b, fastest } = await between(null, 100);
      const { exitCode, stdout, stderr } = await fastest();
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('b in place of a') });
      expect(stdout).toContain(`${b},direct`);
      expect(await kept()).toMatchObject([
        { mirror: '127.0.0.1:9', outcome: 'fails' },
        { mirror: b.slice('http://'.length), outcome: 'works' },
      ]);
    });

    it('remembers places and times for this user alone, and only where something may change', async () => {
      const { a, file, fastest } = await between(20, 100);
      await box.run(['add', 'mine', `${a.replace('//', '//user:s3cret-w0rd@')}/?token=s3cret-w0rd`, ...file]);
      for (const reads of [['test'], ['doctor'], ['use', '--fastest', '--dry-run']]) await box.run([...reads, ...file]);
      await expect(stat(memory())).rejects.toThrow('ENOENT');
      await Promise.all([fastest(), fastest(), fastest()]);
      const text = await readFile(memory(), 'utf8');
      expect((await stat(memory())).mode & 0o777).toBe(0o600);
      expect(await kept()).toHaveLength(9);
      expect(text).not.toMatch(/s3cret|user|token|rsc\.io|golang|@/);
    });

    it.each([
      ['broken', '{"version": 1, "measurements": [{'],
      ['none of ours', '{"version": 1, "measurements": [{"mirror": 7}, null], "x": "y"}'],
      ['huge', ' '.repeat(5_000_000)],
    ])('works beside a memory that is %s, and begins it anew', async (_, text) => {
      const { fastest } = await between(150, 20);
      await mkdir(join(memory(), '..'), { recursive: true });
      await writeFile(memory(), text);
      expect(JSON.parse((await fastest('--json')).stdout)).toMatchObject({ mirror: 'b', effective: true });
      expect(await kept()).toHaveLength(2);
    });
  });
});

describe('what use warns of', () => {
  const codes = async (args: string[], env: Record<string, string> = {}) => {
    const { stdout } = await box.run(['use', ...args, '--no-probe', '--json'], { env });
    return warningsOf(stdout).map(({ code }) => code);
  };

  it('settings that take protection away or mirrors out of use', async () => {
    const broken = [
      'GOSUMDB=off',
      'GONOSUMDB=*',
      'GOFLAGS=-mod=vendor -insecure',
      'GO111MODULE=off',
      'GOPRIVATE=a.example.com, b',
    ];
    await box.go(['env', '-w', ...broken]);
    const { stderr, exitCode } = await box.run(['use', 'goproxy.cn', '--no-probe']);
    expect(exitCode).toBe(0);
    for (const named of ['GOSUMDB=off', 'GONOSUMDB=*', '-mod=vendor', '-insecure', 'GO111MODULE=off', 'GOPRIVATE']) {
      expect(stderr).toContain(named);
    }
    expect(stderr.trim().split('\n')).toHaveLength(6);
  });

  it('modules of the project that look private and are not kept away', async () => {
    await mkdir(box.work, { recursive: true });
    const modules = ['rsc.io/quote v1.5.2', 'git.corp.example.com/team/lib v1.0.0'];
    await writeFile(join(box.work, 'go.mod'), `module example.com/x\n\nrequire (\n\t${modules.join('\n\t')}\n)\n`);
    const { stdout, stderr } = await box.run(['use', 'goproxy.cn', '--no-probe', '--json']);
    expect(warningsOf(stdout)).toMatchObject([{ code: 'private-missing', hosts: 'git.corp.example.com' }]);
    expect(stderr).toBe('');
    expect(await codes(['goproxy.cn', '--private', 'git.corp.example.com'])).toEqual([]);
  });

  it('a GONOPROXY that takes the place of GOPRIVATE', async () => {
    expect(await codes(['goproxy.cn', '--private', 'a.example.com', '--no-proxy', 'none'])).toEqual([
      'no-proxy-replaces-private',
    ]);
  });

  it.each([
    ['GOSUMDB that go refuses', { GOSUMDB: 'sum.example.com' }, 'GOSUMDB'],
    ['modules switched off', { GO111MODULE: 'off' }, 'GO111MODULE'],
    ['GOVCS that go refuses', { GOVCS: 'github.com' }, 'GOVCS'],
  ])('what keeps go from downloading anything, and says no plain success: %s', async (_, env, named) => {
    const { stdout, stderr, exitCode } = await box.run(['use', 'goproxy.cn', '--no-probe'], { env });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^! GOPROXY=.* is in effect, but /m);
    expect(stdout).not.toContain('✓');
    expect(stderr).toContain(named);
    for (const args of [['reset'], ['reset', '--dry-run']]) {
      expect((await box.run(args, { env })).stderr).toContain(named);
    }
  });

  it('lines of its file that go passes over', async () => {
    const file = join(box.home, '.config/go/env');
    await mkdir(join(box.home, '.config/go'), { recursive: true });
    await writeFile(file, 'GOFLAGS=-modcacherw\nexport GOPROXY=https://mine.example.com\n');
    const { stderr } = await box.run(['use', 'goproxy.cn', '--no-probe']);
    const now = (await readFile(file, 'utf8')).split('\n').findIndex(line => line.startsWith('export ')) + 1;
    expect(stderr).toContain(`line ${now} `);
    expect(stderr).toContain('export GOPROXY=https://mine.example.com');
    const { remarks } = JSON.parse((await box.run(['current', '--json'])).stdout);
    expect(remarks).toContainEqual(expect.objectContaining({ code: 'line-ignored', setting: 'GOPROXY' }));
  });

  it('a GONOSUMDB that keeps private add from working', async () => {
    await box.go(['env', '-w', 'GONOSUMDB=other.example.com']);
    const { stdout } = await box.run(['private', 'add', 'git.corp.example.com', '--json']);
    expect(warningsOf(stdout).map(({ code }) => code)).toEqual(['no-sumdb-replaces-private']);
  });

  it('sudo that changes root’s settings', async () => {
    if (process.geteuid?.() !== 0) return expect(await codes(['goproxy.cn'])).toEqual([]);
    expect(await codes(['goproxy.cn'], { SUDO_USER: 'gopher' })).toEqual(['sudo']);
  });
});
