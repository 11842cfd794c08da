import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { privateDatabase } from '../lab/private-sumdb.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { sumdbReplica } from '../lab/sumdb.ts';

// Each test runs the command several times, which takes long on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

/** Nothing listens there. */
const refusing = 'http://127.0.0.1:1';
const quoteSums = [
  'rsc.io/quote v1.5.2 h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=',
  'rsc.io/quote v1.5.2/go.mod h1:LzX7hefJvL54yjefDEDHNONDjII0t9xZLPXsUe+TKr0=',
];
let box: Sandbox;
let good: LabMirror;
let settingsFile: string;

beforeEach(async () => {
  box = await sandbox();
  good = await labMirror({ tree: await moduleTree(), sumdb: await sumdbReplica() });
  settingsFile = join(box.home, '.config/go/env');
  await mkdir(join(box.home, '.config/go'), { recursive: true });
  await writeFile(join(box.work, 'go.mod'), 'module example.test/app\n\ngo 1.21\n\nrequire rsc.io/quote v1.5.2\n');
  await writeFile(join(box.root, 'catalogue.json'), JSON.stringify(catalogue({ broken: refusing, good: good.url })));
});

/** Public mirrors: only such may stand in for one another. */
const catalogue = (mirrors: Readonly<Record<string, string>>): object => ({
  version: 1,
  updated: '2026-11-22',
  mirrors: Object.entries(mirrors).map(([name, url]) => ({
    ...{ name, url, operator: 'the lab', kind: 'public', status: 'active', reason: 'for a test', source: 'the lab' },
    ...{ date: '2026-11-22', sumdb: true },
  })),
});

/** The database at the mirror, so that nobody else is asked. */
const settings = (goproxy: string): Promise<void> =>
  writeFile(settingsFile, `GOPROXY=${goproxy}\nGOSUMDB=sum.golang.org ${good.url}/sumdb/sum.golang.org\n`);
const inFile = (): Promise<string> => readFile(settingsFile, 'utf8');
/** With a mirror named, the catalogue's others are left alone. */
const doctor = (...args: string[]) =>
  box.run(['doctor', '--timeout', '20', '--catalogue', join(box.root, 'catalogue.json'), '--mirror', 'good', ...args]);

describe('doctor', () => {
  it('finds nothing where a pull works, and leaves everything as it is', async () => {
    await settings(good.url);
    const before = await inFile();
    const { stdout, stderr, exitCode } = await doctor('--json');
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ schemaVersion: 1, command: 'doctor', summary: { status: 'pass', fail: 0 } });
    expect(report.host).not.toBe('');
    expect(new Date(report.at).getTime()).toBeGreaterThan(0);
    expect(report.settings.GOPROXY).toMatchObject({ value: good.url, source: 'file' });
    expect(report.mirrors).toMatchObject([{ status: 'ok', content: { verified: true } }]);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(await inFile()).toBe(before);
  });

  it('names the mirror that refuses, with no password', async () => {
    await settings('http://dev:s3cret@127.0.0.1:1');
    const json = await doctor('--json');
    const [first] = JSON.parse(json.stdout).findings;
    expect(json.exitCode).toBe(1);
    expect(first).toMatchObject({ status: 'fail', cause: 'insecure-http', target: '127.0.0.1:1' });
    const text = await doctor('--lang', 'zh');
    expect(text.exitCode).toBe(1);
    expect(text.stdout).toContain('拉取失败');
    expect(json.stdout + json.stderr + text.stdout + text.stderr).not.toContain('s3cret');
  });

  it('says what the judge of settings says, in the terminal, in JSON and on the page alike', async () => {
    await settings(good.url);
    await writeFile(settingsFile, `${await inFile()}GONOSUMDB=*\n`);
    const { stdout } = await doctor('--json', '--report', 'doctor.html');
    const { findings } = JSON.parse(stdout);
    const words = 'GONOSUMDB: “*” matches every module';
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'pattern-everything', status: 'warn', target: 'GONOSUMDB', message: words }),
    );
    expect((await doctor('--pull')).stdout).toContain(words);
    expect(await readFile(join(box.work, 'doctor.html'), 'utf8')).toContain(words);
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

  it('is one object, with what it found, also where the page cannot be written', async () => {
    await settings(good.url);
    const { stdout, exitCode } = await doctor('--json', '--report', 'go.mod/x.html');
    const report = JSON.parse(stdout);
    expect(report.findings.length).toBeGreaterThan(0);
    expect(report.error.message).toContain(join(box.work, 'go.mod/x.html'));
    expect(exitCode).toBe(1);
  });

  it('proves a pull at length with --pull', async () => {
    await settings(good.url);
    const { stdout, exitCode } = await doctor('--pull', '--json');
    const codes = JSON.parse(stdout).findings.map(({ code }: { code: string }) => code);
    expect(codes).toContain('pull-works');
    expect(exitCode).toBe(0);
  });

  it.each([
    ['a name that is no path', { GOPRIVATE: '*' }, ['a b/c'], 'a b/c'],
    ['a version that is none', {}, ['rsc.io/quote@v1/x'], 'rsc.io/quote@v1/x'],
    ['two signs', {}, ['rsc.io/quote@v1.5.2@x!'], 'rsc.io/quote@v1.5.2@x!'],
    ['nothing', {}, [''], ''],
  ])('finds %s among the modules asked about, and asks nobody for it', async (_, env, modules, target) => {
    await settings(good.url);
    const { stdout, stderr, exitCode } = await box.run(['doctor', '--mirror', good.url, '--json', ...modules], { env });
    expect(JSON.parse(stdout).findings).toContainEqual(expect.objectContaining({ status: 'fail', target }));
    expect(stdout + stderr).not.toMatch(/unexpected|crash/i);
    expect(exitCode).toBe(1);
  });

  it.each([
    ['GOMODCACHE', 'rel/mod'],
    ['GOPATH', 'rel'],
  ])('says that go refuses a relative %s', async (name, value) => {
    await settings(good.url);
    const { stdout, exitCode } = await box.run(['doctor', '--mirror', good.url, '--json'], { env: { [name]: value } });
    const [first] = JSON.parse(stdout).findings;
    expect(first).toMatchObject({ status: 'fail', cause: 'gopath-mode', target: name });
    expect(first.remediation.commands).toEqual([`unset ${name}`]);
    expect(exitCode).toBe(1);
  });

  it('says that go takes a settings file for empty that is a folder', async () => {
    await mkdir(settingsFile, { recursive: true });
    const env = { GOPROXY: good.url, GOSUMDB: `sum.golang.org ${good.url}/sumdb/sum.golang.org` };
    const { stdout, exitCode } = await box.run(['doctor', '--mirror', good.url, '--json'], { env });
    const found = JSON.parse(stdout).findings.find(({ code }: { code: string }) => code === 'settings-file-unreadable');
    expect(found).toMatchObject({ status: 'warn', target: settingsFile });
    expect(exitCode).toBe(0);
  });
});

describe('doctor --fix', () => {
  it('fixes when told to, shows only the plan with --dry-run, and asks otherwise', async () => {
    await settings(refusing);
    const before = await inFile();
    for (const args of [['--fix', '--dry-run'], ['--dry-run']]) {
      const shown = await doctor(...args);
      expect(shown.stderr).toContain(`GOPROXY: ${refusing} → ${good.url}`);
      expect(shown.exitCode).toBe(1);
    }
    const planned = JSON.parse((await doctor('--dry-run', '--json')).stdout);
    expect(planned).toMatchObject({
      fixed: [],
      planned: { proven: true, changes: [{ key: 'GOPROXY', to: good.url }] },
    });
    expect(await doctor('--fix')).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await inFile()).toBe(before);
    const fixed = await doctor('--fix', '--yes', '--json');
    const report = JSON.parse(fixed.stdout);
    expect(report.fixed).toMatchObject([{ target: 'GOPROXY', proven: true }]);
    expect(report.summary.fail).toBe(0);
    expect(fixed.exitCode).toBe(0);
    expect(await box.go(['mod', 'download'])).toMatchObject({ exitCode: 0 });
    await box.run(['undo']);
    expect(await inFile()).toBe(before);
  });

  it.each([
    ['alone', refusing.replace('1:1', '1:2')],
    ['before a comma', `${refusing.replace('1:1', '1:2')},GOOD`],
  ])('leads around no gatekeeper %s', async (_, goproxy) => {
    await settings(goproxy.replace('GOOD', good.url));
    const before = await inFile();
    const { stdout, exitCode } = await doctor('--fix', '--yes', '--json');
    const { findings, fixed } = JSON.parse(stdout);
    expect(fixed).toEqual([]);
    expect(await inFile()).toBe(before);
    const commands = findings.flatMap((one: { remediation: { commands: string[] } }) => one.remediation.commands);
    expect(commands.join('\n')).not.toMatch(/good|GOPROXY|direct/);
    expect(exitCode).toBe(1);
  });

  it('leaves a gatekeeper where it stands when another public mirror takes the place of a dead one', async () => {
    const gate = refusing.replace('1:1', '1:2');
    await settings(`${refusing},${gate}`);
    await doctor('--fix', '--yes', '--json');
    expect(await inFile()).toContain(`GOPROXY=${good.url},${gate}\n`);
  });

  it('takes back what does not cure, byte for byte, and says so', async () => {
    await settings(refusing);
    const before = await inFile();
    // It serves until the settings name it.
    const isSet = (): boolean =>
      existsSync(settingsFile) && readFileSync(settingsFile, 'utf8').includes(`GOPROXY=${good.url}`);
    good.faults.push({ path: isSet, status: 503, body: 'closed\n' });
    const { stdout, exitCode } = await doctor('--fix', '--yes', '--json');
    const { findings, fixed } = JSON.parse(stdout);
    expect(findings[0]).toMatchObject({ code: 'fix-taken-back', status: 'fail', target: 'GOPROXY' });
    expect(findings[1]).toMatchObject({ status: 'fail', target: '127.0.0.1:1' });
    expect(fixed).toEqual([]);
    expect(exitCode).toBe(1);
    expect(await inFile()).toBe(before);
    const { stdout: history } = await box.run(['history', '--json']);
    expect(history).toContain('doctor --fix');
  });

  it('tries exactly what it writes: a value that is taken out counts as not set', async () => {
    await settings(good.url);
    await writeFile(settingsFile, `${await inFile()}GOPRIVATE=rsc.io\nGO111MODULE=off\n`);
    const { stdout } = await doctor('--dry-run', '--json');
    expect(JSON.parse(stdout).planned.changes).toEqual([{ key: 'GO111MODULE', from: 'off', to: null }]);
  });

  it.each([
    ['proves the database of a company, and leaves it alone', true],
    ['leaves it alone also where somebody else signs for it', false],
  ])('%s', async (_, isRight) => {
    const records = { 'rsc.io/quote@v1.5.2': quoteSums };
    const [own, other] = [privateDatabase('sum.corp.test', records), privateDatabase('sum.corp.test', records)];
    const tree = `/${own.name}`;
    const served = await labMirror({ files: {}, sumdb: isRight ? own : other });
    await writeFile(settingsFile, `GOPROXY=${good.url}\nGOSUMDB=${own.verifier} ${served.url}/sumdb${tree}\n`);
    const before = await inFile();
    const { stdout, exitCode } = await doctor('--fix', '--yes', '--json');
    const failing = JSON.parse(stdout).findings.filter(({ status }: { status: string }) => status === 'fail');
    const causes = new Set(failing.map(({ cause }: { cause: string }) => cause));
    expect(causes).toEqual(new Set(isRight ? [] : ['sumdb-bad-response']));
    expect(exitCode).toBe(isRight ? 0 : 1);
    expect(await inFile()).toBe(before);
  });

  it('shows no command with a masked password in it', async () => {
    await writeFile(join(box.root, 'catalogue.json'), JSON.stringify(catalogue({ broken: refusing, good: good.url })));
    const gate = await labMirror({ credentials: { user: 'dev', password: 's3cret' } });
    const login = gate.url.replace('//', '//dev:s3cret@');
    await settings(`${login},${refusing}`);
    const { stdout, stderr } = await doctor('--json');
    expect(stdout + stderr).not.toContain('s3cret');
    const commands = JSON.parse(stdout).findings.flatMap(
      (one: { remediation: { commands: string[] } }) => one.remediation.commands,
    );
    expect(commands.join('\n')).not.toContain('xxxxx');
  });
});
