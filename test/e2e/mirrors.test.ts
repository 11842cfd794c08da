import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';

// Each test runs the command several times, which takes long on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

let box: Sandbox;
let file: string;
beforeEach(async () => {
  box = await sandbox();
  file = join(box.home, '.config/go-mirror/mirrors.json');
});
const json = (text: string) => JSON.parse(text);

describe('mirrors of one’s own', () => {
  it('are saved as a profile, used as a whole, and forgotten', async () => {
    const added = await box.run([
      'add',
      'corp',
      'https://me:s3cret@athens.corp.example.com',
      '--private',
      'git.corp.example.com',
      '--no-proxy',
      'git.corp.example.com',
      '--sumdb',
      'sum.golang.google.cn',
    ]);
    expect(added.exitCode).toBe(0);
    expect(added.stdout + added.stderr).not.toContain('s3cret');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const used = await box.run(['use', 'corp', '--no-probe', '--json']);
    expect(used.exitCode).toBe(0);
    expect(used.stdout).not.toContain('s3cret');
    const settings = json((await box.go(['env', '-json', 'GOPROXY', 'GOPRIVATE', 'GONOPROXY', 'GOSUMDB'])).stdout);
    expect(settings).toEqual({
      GOPROXY: 'https://me:s3cret@athens.corp.example.com,direct',
      GOPRIVATE: 'git.corp.example.com',
      GONOPROXY: 'git.corp.example.com',
      GOSUMDB: 'sum.golang.google.cn',
    });
    const listed = await box.run(['ls', '--json']);
    expect(listed.stdout).not.toContain('s3cret');
    const current = json(listed.stdout).mirrors.filter((mirror: { current: boolean }) => mirror.current);
    expect(current).toMatchObject([{ name: 'corp', kind: 'custom', status: 'active' }]);
    expect((await box.run(['ls'])).stdout).toMatch(/^\* {2}corp /m);
    expect((await box.run(['history'])).stdout).not.toContain('s3cret');
    const removed = await box.run(['remove', 'corp']);
    expect(removed.exitCode).toBe(0);
    expect(removed.stderr).toContain('corp');
    expect((await box.run(['remove', 'corp'])).exitCode).toBe(2);
  });

  it('may have the name of a kind of server', async () => {
    expect((await box.run(['add', 'athens', 'https://athens.corp.example.com'])).exitCode).toBe(0);
    const { mirrors } = json((await box.run(['ls', '--json'])).stdout);
    const named = mirrors.filter((mirror: { name: string }) => mirror.name === 'athens');
    expect(named).toMatchObject([{ kind: 'custom', url: 'https://athens.corp.example.com' }]);
  });

  it('bring their profile along in a list too', async () => {
    await box.run(['add', 'corp', 'https://athens.corp.example.com', '--private', 'git.corp.example.com']);
    expect((await box.run(['use', 'corp,goproxy.cn,direct', '--no-probe'])).exitCode).toBe(0);
    expect(json((await box.go(['env', '-json', 'GOPROXY', 'GOPRIVATE'])).stdout)).toEqual({
      GOPROXY: 'https://athens.corp.example.com,https://goproxy.cn,direct',
      GOPRIVATE: 'git.corp.example.com',
    });
  });

  it('are not replaced unasked', async () => {
    await box.run(['add', 'corp', 'https://a.example.com']);
    expect((await box.run(['add', 'corp', 'https://a.example.com'])).exitCode).toBe(0);
    const refused = await box.run(['add', 'corp', 'https://b.example.com']);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('--yes');
    expect((await box.run(['add', 'corp', 'https://b.example.com', '--yes'])).exitCode).toBe(0);
    expect(json(await readFile(file, 'utf8')).mirrors).toEqual([{ name: 'corp', url: 'https://b.example.com' }]);
  });

  it.each([
    ['goproxy.cn', 'https://a.example.com'],
    ['a,b', 'https://a.example.com'],
    ['direct', 'https://a.example.com'],
    ['corp', 'ftp://a.example.com'],
    ['corp', 'https://a.example.com,direct'],
    ['corp', 'nonsense'],
    ['corp', 'https//a.example.com'],
    ['', 'https://a.example.com'],
  ])('refuse the name %j with the URL %j', async (name, url) => {
    const { exitCode, stdout } = await box.run(['add', name, url]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    await expect(stat(file)).rejects.toThrow();
  });

  it('survive a damaged file: named with its place, never overwritten', async () => {
    await box.run(['add', 'corp', 'https://a.example.com']);
    for (const [text, place] of [
      ['{\n  "version": 1,\n  oops', '3:3'],
      ['{"version":1,"mirrors":[{"name":"x","url":"ftp://x"}]}', 'mirrors[0].url'],
    ] as const) {
      await writeFile(file, text);
      for (const args of [['ls'], ['add', 'other', 'https://b.example.com'], ['use', 'corp', '--no-probe']]) {
        const { exitCode, stderr } = await box.run(args);
        expect(exitCode).toBe(2);
        expect(stderr).toContain(file);
        expect(stderr).toContain(place);
      }
      expect(await readFile(file, 'utf8')).toBe(text);
    }
  });

  it('are all kept when many are added at once', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `m${index}`);
    const runs = await Promise.all(names.map(name => box.run(['add', name, `https://${name}.example.com`])));
    expect(runs.map(run => run.exitCode)).toEqual(names.map(() => 0));
    const saved = json(await readFile(file, 'utf8')).mirrors.map((mirror: { name: string }) => mirror.name);
    expect(saved.sort()).toEqual(names);
  });
});

describe('ls', () => {
  it('works without go', async () => {
    const { exitCode, stdout } = await box.run(['ls', '--json'], { env: { PATH: '/nowhere' } });
    expect(exitCode).toBe(0);
    const { mirrors } = json(stdout);
    expect(mirrors.find((mirror: { name: string }) => mirror.name === 'official')).toMatchObject({ url: null });
    expect(mirrors.find((mirror: { name: string }) => mirror.name === 'tuna')).toMatchObject({
      status: 'never-existed',
    });
  });

  it('reads the official proxy from go', async () => {
    const value = (await box.go(['env', 'GOPROXY'])).stdout.trim();
    const { mirrors } = json((await box.run(['ls', '--json'], { env: { GOPROXY: 'https://goproxy.cn' } })).stdout);
    expect(mirrors.find((mirror: { name: string }) => mirror.name === 'official')).toMatchObject({ goproxy: value });
    expect(mirrors.filter((mirror: { current: boolean }) => mirror.current)).toMatchObject([{ name: 'goproxy.cn' }]);
  });

  it('takes a newer catalogue, and says what is wrong with a broken one', async () => {
    const mirror = {
      name: 'new',
      url: 'https://new.example.com',
      operator: 'Somebody',
      kind: 'public',
      status: 'active',
      reason: { en: 'new', zh: '新' },
      source: 'https://new.example.com',
      date: '2026-12-01',
      sumdb: true,
    };
    const catalogue = join(box.work, 'catalogue.json');
    await writeFile(catalogue, JSON.stringify({ version: 1, updated: '2026-12-01', mirrors: [mirror] }));
    const { mirrors } = json((await box.run(['ls', '--json', '--catalogue', 'catalogue.json', '--lang', 'zh'])).stdout);
    expect(mirrors.map((known: { name: string }) => known.name)).toEqual(['new', 'official', 'offline']);
    expect(mirrors[0]).toMatchObject({ goproxy: 'https://new.example.com,direct', reason: '新' });
    await writeFile(
      catalogue,
      JSON.stringify({ version: 1, updated: '2026-12-01', mirrors: [{ ...mirror, status: 'up' }] }),
    );
    const broken = await box.run(['ls', '--catalogue', 'catalogue.json']);
    expect(broken.exitCode).toBe(2);
    expect(broken.stderr).toContain(catalogue);
    expect(broken.stderr).toContain('mirrors[0].status');
    expect((await box.run(['ls', '--catalogue', 'none.json'])).exitCode).toBe(2);
  });
});
