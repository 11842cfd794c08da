import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { sumdbReplica } from '../lab/sumdb.ts';

// Each test runs the command several times, which takes long on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const dead = 'http://dev:s3cret@127.0.0.1:1';
let box: Sandbox;
let good: LabMirror;
let settingsFile: string;

beforeEach(async () => {
  box = await sandbox();
  good = await labMirror({ tree: await moduleTree(), sumdb: await sumdbReplica() });
  settingsFile = join(box.home, '.config/go/env');
  await mkdir(join(box.home, '.config/go'), { recursive: true });
  await writeFile(join(box.work, 'go.mod'), 'module example.test/app\n\ngo 1.21\n\nrequire rsc.io/quote v1.5.2\n');
});

/** The database at the mirror, so that nobody else is asked. */
const settings = (goproxy: string): Promise<void> =>
  writeFile(settingsFile, `GOPROXY=${goproxy}\nGOSUMDB=sum.golang.org ${good.url}/sumdb/sum.golang.org\n`);
/** With a mirror named, the catalogue's others are left alone. */
const doctor = (...args: string[]) => box.run(['doctor', '--timeout', '20', '--mirror', good.url, ...args]);

describe('doctor', () => {
  it('finds nothing where a pull works, and leaves everything as it is', async () => {
    await settings(good.url);
    const before = await readFile(settingsFile, 'utf8');
    const { stdout, stderr, exitCode } = await doctor('--json');
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ schemaVersion: 1, command: 'doctor', summary: { status: 'pass', fail: 0 } });
    expect(report.settings.GOPROXY).toMatchObject({ value: good.url, source: 'file' });
    expect(report.mirrors).toMatchObject([{ status: 'ok', content: { verified: true } }]);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(await readFile(settingsFile, 'utf8')).toBe(before);
  });

  it('names the mirror that refuses, with the command that helps, and no password', async () => {
    await settings(dead);
    const json = await doctor('--json');
    const [first] = JSON.parse(json.stdout).findings;
    expect(json.exitCode).toBe(1);
    expect(first).toMatchObject({ status: 'fail', cause: 'insecure-http', target: '127.0.0.1:1' });
    const text = await doctor('--lang', 'zh');
    expect(text.exitCode).toBe(1);
    expect(text.stdout).toContain('拉取失败');
    expect(json.stdout + json.stderr + text.stdout + text.stderr).not.toContain('s3cret');
  });

  it('fixes it when told to, shows only the plan with --dry-run, and asks otherwise', async () => {
    await settings('http://127.0.0.1:1');
    const before = await readFile(settingsFile, 'utf8');
    const shown = await doctor('--fix', '--dry-run');
    expect(shown.stderr).toContain(`GOPROXY: http://127.0.0.1:1 → ${good.url}`);
    expect(shown.exitCode).toBe(1);
    expect(await doctor('--fix')).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await readFile(settingsFile, 'utf8')).toBe(before);
    const fixed = await doctor('--fix', '--yes', '--json');
    const report = JSON.parse(fixed.stdout);
    expect(report.fixed).toMatchObject([{ target: 'GOPROXY', proven: true }]);
    expect(report.summary.fail).toBe(0);
    expect(fixed.exitCode).toBe(0);
    expect(await box.go(['mod', 'download'])).toMatchObject({ exitCode: 0 });
    await box.run(['undo']);
    expect(await readFile(settingsFile, 'utf8')).toBe(before);
  });

  it('says in one line what to do where go is missing', async () => {
    const { stdout, exitCode } = await box.run(['doctor', '--mirror', good.url], { env: { PATH: '/nowhere' } });
    expect(stdout.split('\n')[0]).toContain('https://golang.google.cn/dl/');
    expect(exitCode).toBe(1);
  });

  it('writes a page for a ticket', async () => {
    await settings(good.url);
    const { exitCode } = await doctor('--report', 'doctor.html');
    expect(exitCode).toBe(0);
    expect(await readFile(join(box.work, 'doctor.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('proves a pull at length with --pull', async () => {
    await settings(good.url);
    const { stdout, exitCode } = await doctor('--pull', '--json');
    const codes = JSON.parse(stdout).findings.map(({ code }: { code: string }) => code);
    expect(codes).toContain('pull-works');
    expect(exitCode).toBe(0);
  });
});
