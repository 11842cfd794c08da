import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { publicMirrors } from '../lab/catalogue.ts';
import { certificateAuthority } from '../lab/certificates.ts';
import { type Fault, htmlPage, type Recorded } from '../lab/fault.ts';
import { madeModule } from '../lab/made-module.ts';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { privateDatabase } from '../lab/private-sumdb.ts';
import { goFolder, type Sandbox, sandbox } from '../lab/sandbox.ts';
import { sumdbReplica } from '../lab/sumdb.ts';
import { cacheOf, type MadeProject, madeProject, writeProject } from '../relay/made-project.ts';
import { runSchedule } from '../relay/schedule.ts';

let project: MadeProject;

beforeAll(async () => {
  project = await madeProject();
});

const mirrorWith = (...faults: Fault[]): Promise<LabMirror> => labMirror({ files: project.files, faults });

/** A machine in the project's folder. */
async function machine(goproxy: string, env: Record<string, string> = {}): Promise<Sandbox> {
  const box = await sandbox({ env: { GOPROXY: goproxy, GOSUMDB: 'off', GOFLAGS: '-modcacherw', ...env } });
  await writeProject(box.work, project);
  return box;
}

/** Pulls through mirrors that the catalogue lists as public. */
async function pullFromPublic(box: Sandbox, urls: readonly string[], ...args: string[]) {
  return box.run(['pull', ...args, ...(await publicMirrors(box.root, urls))]);
}

async function expectRight(box: Sandbox): Promise<void> {
  expect(await cacheOf(box.moduleCache)).toEqual(project.cache);
  expect(await readFile(join(box.work, 'go.sum'), 'utf8')).toBe(project.goSum);
  expect(await readdir(join(box.home, '.cache/go-mirror/relay'))).toEqual([]);
}

describe('pull', () => {
  it('leaves what go mod download leaves, and says in JSON what came from where', async () => {
    const mirror = await mirrorWith();
    const box = await machine(mirror.url);
    const { stdout, exitCode } = await box.run(['pull', '--json']);
    expect(exitCode).toBe(0);
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({ schemaVersion: 1, command: 'pull', modules: 10, failovers: 0, exitCode: 0 });
    expect(summary.upstreams).toEqual([
      { name: mirror.host, requests: mirror.requests.length, bytes: summary.bytes, failures: 0 },
    ]);
    await expectRight(box);
  });

  it.each([undefined, '50'])('lets go collect its garbage less often, unless GOGC is set (%s)', async value => {
    const mirror = await mirrorWith();
    const box = await machine(mirror.url);
    const bin = join(box.root, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'go'), `#!/bin/sh\necho "$1 $2 $GOGC" >> ${box.root}/calls\nexec ${goFolder}/go "$@"\n`, {
      mode: 0o755,
    });
    const { exitCode } = await box.run(['pull'], { env: { PATH: `${bin}:${box.env.PATH}`, GOGC: value } });
    expect(exitCode).toBe(0);
    const calls = (await readFile(join(box.root, 'calls'), 'utf8')).trim().split('\n');
    expect(calls.filter(call => call.startsWith('mod download'))).toEqual([`mod download ${value ?? '400'}`]);
  });

  it('asks for nothing that is in the module cache', async () => {
    const mirror = await mirrorWith();
    const box = await machine(mirror.url);
    await box.run(['pull']);
    const asked = mirror.requests.length;
    const { stdout, exitCode } = await box.run(['pull']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('10 modules, all of them in the module cache already');
    expect(mirror.requests.length).toBe(asked);
  });

  it.each([
    ['accepts and stalls', { stall: 'before' }],
    ['stalls in the middle of each body', { stall: 'body' }],
    ['answers 502', { status: 502 }],
    ['tears connections down', { reset: 'body' }],
    ['answers with a page', htmlPage],
    ['cuts its files short', { truncate: true }],
    ['serves other content', { tamper: true, path: /\.(zip|mod)$/ }],
  ] satisfies [string, Fault][])('goes on to the next public mirror when the first %s', async (_, fault) => {
    const [bad, good] = [await mirrorWith(fault), await mirrorWith()];
    const box = await machine(`${bad.url},${good.url}`);
    const { stdout, stderr, exitCode } = await pullFromPublic(box, [bad.url, good.url], '--json');
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout).failovers).toBeGreaterThan(0);
    await expectRight(box);
  });

  it('takes a refusal (403) before a comma for an answer, and goes on behind a |', async () => {
    const [closed, open] = [await mirrorWith({ status: 403, path: 'm3/@v/v1.0.0.zip' }), await mirrorWith()];
    const stopped = await machine(closed.url);
    const { stdout, exitCode } = await stopped.run(['pull', '--json']);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 1, cause: 'mirror-forbidden-403' });
    const box = await machine(`${closed.url}|${open.url}`);
    expect((await box.run(['pull'])).exitCode).toBe(0);
    await expectRight(box);
  });

  it('tells go that a file is not found only where a mirror said so, so that the rest of the list keeps its meaning', async () => {
    const gone = await mirrorWith({ status: 404, path: 'm3/', body: 'not found: made.test/m3\n' });
    const box = await machine(`${gone.url},off`);
    const { stderr, exitCode } = await box.run(['pull']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('module lookup disabled by GOPROXY=off');
    const broken = await machine(`${(await mirrorWith({ status: 500, path: 'm3/' })).url},off`);
    const failed = await broken.run(['pull']);
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).not.toContain('module lookup disabled');
    expect(failed.stderr).toContain('mirror-server-error-5xx');
  });

  it('takes a record for one only if it lies in the signed tree', async () => {
    const records = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => {
        const lines = project.goSum.split('\n').filter(line => line.startsWith(`made.test/m${index} `));
        return [`made.test/m${index}@v1.0.0`, lines] as const;
      }),
    );
    const sumdb = privateDatabase('sum.made.test', records);
    const cheating = await labMirror({ files: project.files, sumdb, faults: [{ path: '/lookup/', tamper: true }] });
    // The slower one, so that the other is asked first.
    const honest = await labMirror({ files: project.files, sumdb, faults: [{ delayMs: 200 }] });
    const box = await machine(`${cheating.url},${honest.url}`, { GOSUMDB: sumdb.verifier });
    await rm(join(box.work, 'go.sum'));
    const { stderr, exitCode } = await pullFromPublic(box, [cheating.url, honest.url], '--json');
    expect(exitCode, stderr).toBe(0);
    expect(await cacheOf(box.moduleCache)).toEqual(project.cache);
    expect(cheating.requests.some(({ path }) => path.includes('/lookup/'))).toBe(true);
  });

  it('hands a wrong copy to go where no right one is, which refuses it', async () => {
    const tampering: Fault = { tamper: true, path: 'm2/@v/v1.0.0.zip' };
    const [one, other] = [await mirrorWith(tampering), await mirrorWith(tampering)];
    const box = await machine(`${one.url},${other.url}`);
    const { stdout, stderr, exitCode } = await pullFromPublic(box, [one.url, other.url], '--json');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('SECURITY ERROR');
    expect(JSON.parse(stdout).cause).toBe('checksum-mismatch-gosum');
    expect([...(await cacheOf(box.moduleCache)).keys()].filter(name => /m2.*\.ziphash/.test(name))).toEqual([]);
  });

  it.each([
    ['answers 500', { status: 500 }, 'mirror-server-error-5xx'],
    ['refuses', { status: 403 }, 'mirror-forbidden-403'],
    ['tears the connection down', { reset: 'before' }, 'connection-reset'],
    ['answers with a page', htmlPage, 'captive-or-html-response'],
  ] satisfies [string, Fault, string][])(
    'asks nobody else when a mirror that is not public %s',
    async (_, fault, cause) => {
      const corp = await mirrorWith({ ...fault, path: 'm1/' }, { status: 404, path: 'm2/' });
      const everyone = await mirrorWith();
      const box = await machine(`${corp.url},${everyone.url},direct`);
      const { exitCode, stdout } = await pullFromPublic(box, [everyone.url], '--json');
      expect(exitCode).toBe(1);
      expect(JSON.parse(stdout).cause).toBe(cause);
      expect(everyone.requests.filter(({ path }) => !path.includes('/m2/'))).toEqual([]);
    },
  );

  it.each([
    ['a comma', ','],
    ['a |', '|'],
  ])('hands a wrong copy of a mirror that is not public to go as it is, before %s', async (_, separator) => {
    const corp = await mirrorWith({ tamper: true, path: 'm1/@v/v1.0.0.zip' });
    const everyone = await mirrorWith();
    const box = await machine(`${corp.url}${separator}${everyone.url}`);
    const { exitCode, stderr } = await pullFromPublic(box, [everyone.url]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('SECURITY ERROR');
    expect(everyone.requests).toEqual([]);
  });

  it('asks what stands behind a | after every failure, and a folder and an unusable entry in their turn', async () => {
    const corp = await mirrorWith({ status: 403 });
    const other = await mirrorWith();
    const folder = await sandbox();
    const list = [corp.url, 'https://host:99999', `file://${folder.work}`, other.url, 'direct', 'https://never.test'];
    const box = await machine(list.join('|'));
    const { exitCode, stdout, stderr } = await box.run(['pull', '--json']);
    expect(exitCode, stderr).toBe(0);
    const { upstreams } = JSON.parse(stdout) as { upstreams: { name: string; bytes: number; requests: number }[] };
    expect(upstreams.map(({ name, bytes }) => [name, bytes > 0])).toEqual([
      [corp.host, false],
      ['host:99999', false],
      [folder.work, false],
      [other.host, true],
    ]);
    await expectRight(box);
    const stopped = await machine(`https://host:99999,${other.url}`);
    const failed = await stopped.run(['pull', '--json']);
    expect(failed.exitCode).toBe(1);
    expect(JSON.parse(failed.stdout)).toMatchObject({ cause: 'goproxy-malformed' });
    expect(failed.stderr).toContain('invalid port');
  });

  it('asks the origin where go would, and not where it would not', async () => {
    const gone = await mirrorWith({ status: 404 });
    const broken = await mirrorWith({ status: 500 });
    const env = { GOVCS: '*:off' };
    const said = async (list: string) => (await (await machine(list, env)).run(['pull'])).stderr;
    // Go asks made.test itself only in the first two.
    expect(await said(`${gone.url},direct`)).toContain('unrecognized import path');
    expect(await said(`${broken.url}|direct`)).toContain('unrecognized import path');
    expect(await said(`${broken.url},direct`)).not.toContain('unrecognized import path');
    expect(await said(`${broken.url},${gone.url}|direct`)).not.toContain('unrecognized import path');
  });

  it('asks the mirrors of the command line in their order, by the same rules', async () => {
    const [first, second] = [
      await mirrorWith({ status: 404, path: 'm2/' }, { status: 500, path: 'm3/' }),
      await mirrorWith(),
    ];
    const box = await machine('off');
    const { exitCode } = await box.run(['pull', '--mirror', first.url, '--mirror', second.url]);
    expect(exitCode).toBe(1);
    expect(second.requests.length).toBeGreaterThan(0);
    expect(second.requests.filter(({ path }) => !path.includes('/m2/'))).toEqual([]);
  });

  it('asks no mirror for private modules', async () => {
    const mirrors = [await mirrorWith(), await mirrorWith()];
    const box = await machine(mirrors.map(({ url }) => url).join(','), {
      GOPRIVATE: '*.test/m4',
      GIT_TERMINAL_PROMPT: '0',
    });
    const { exitCode } = await box.run(['pull'], { env: { GOVCS: '*:off' } });
    expect(exitCode).toBe(1);
    expect(mirrors.flatMap(({ requests }) => requests).filter(({ path }) => path.includes('m4'))).toEqual([]);
  });

  it('takes a block for an answer, also of a public mirror, and says why it is one', async () => {
    const words = 'Package blocked by JFrog Curation policy "malicious"';
    const blocked = await mirrorWith({
      path: 'm3/',
      status: 403,
      body: words,
      headers: { 'content-type': 'text/plain' },
    });
    const other = await mirrorWith({ path: 'm3/', delayMs: 1000 });
    const box = await machine(`${blocked.url},${other.url},direct`);
    const { exitCode, stdout } = await pullFromPublic(box, [blocked.url, other.url], '--json', 'made.test/m3@v1.0.0');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      cause: 'mirror-forbidden-403',
      failures: [{ upstream: 'm0', cause: 'mirror-forbidden-403', reason: 'malware' }],
    });
    expect(other.requests).toEqual([]);
  });

  it('takes a large file up again where it broke off', async () => {
    const noise = Array.from({ length: 200_000 }, (_, index) => ((index * 2_654_435_761) % 4_294_967_296).toString(36));
    const files = madeModule('made.test/large', { 'v1.0.0': { 'noise.txt': noise.join('\n') } });
    const size = files['/made.test/large/@v/v1.0.0.zip']!.length;
    expect(size).toBeGreaterThan(600_000);
    // Ended, not reset: a reset takes away what has come and was not read yet.
    const mirror = await labMirror({ files, connectionFaults: [{ does: 'end', afterBytes: Math.round(size * 0.6) }] });
    const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off', GOFLAGS: '-modcacherw' } });
    const { stderr, exitCode } = await box.run(['pull', 'made.test/large@v1.0.0']);
    expect(exitCode, stderr).toBe(0);
    const ranges = mirror.requests.filter(({ path }) => path.endsWith('.zip')).map(({ headers }) => headers.range);
    expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=\d{6,}-$/)]);
  });

  it('works over TLS of one’s own authority, with the login of netrc, which no other host gets', async () => {
    const authority = certificateAuthority();
    const credentials = { user: 'me', password: 'p4ssword' };
    const tls = authority.leaf();
    const corp = await labMirror({ files: project.files, tls, credentials, faults: [{ status: 404, path: 'm3/' }] });
    const other = await labMirror({ files: project.files, tls, http1: true });
    const box = await machine(`${corp.url},${other.url}`);
    const env = { SSL_CERT_FILE: authority.writeTo(box.root) };
    await writeFile(join(box.home, '.netrc'), `machine ${corp.host} login me password p4ssword\n`);
    const { stderr, exitCode } = await box.run(['pull'], { env });
    expect(exitCode, stderr).toBe(0);
    await expectRight(box);
    expect(corp.requests[0]!.httpVersion).toBe('2.0');
    expect(other.requests.every(({ path, httpVersion }) => path.includes('/m3/') && httpVersion === '1.1')).toBe(true);
    expect(other.requests.filter(({ headers }) => headers.authorization)).toEqual([]);
    expect(other.requests.length).toBeGreaterThan(0);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves nothing after %s, exit code 130', async signal => {
    const mirror = await mirrorWith({ bytesPerSecond: 2000, path: '.zip' });
    const box = await machine(mirror.url);
    const running = box.start(['pull']);
    while (!mirror.requests.some(({ path }) => path.endsWith('.zip'))) await new Promise(wake => setTimeout(wake, 20));
    running.child.kill(signal);
    expect((await running.ended).exitCode).toBe(130);
    expect(await readdir(join(box.home, '.cache/go-mirror/relay'))).toEqual([]);
  });

  it('ends at the second Ctrl-C, also where go does not, and leaves nothing', async () => {
    const mirror = await mirrorWith();
    const box = await machine(mirror.url);
    const stubborn = join(box.root, 'bin');
    await mkdir(stubborn);
    const script = `#!/bin/sh\n[ "$1 $2" = 'mod download' ] || exec ${join(goFolder, 'go')} "$@"\ntrap '' INT TERM\nsleep 30\n`;
    await writeFile(join(stubborn, 'go'), script, { mode: 0o755 });
    const running = box.start(['pull'], { env: { PATH: `${stubborn}:${box.env.PATH}` } });
    while (mirror.requests.length === 0) await new Promise(wake => setTimeout(wake, 20));
    running.child.kill('SIGINT');
    await new Promise(wake => setTimeout(wake, 600));
    expect(running.child.exitCode).toBe(null);
    const asked = performance.now();
    running.child.kill('SIGINT');
    expect((await running.ended).exitCode).toBe(130);
    expect(performance.now() - asked).toBeLessThan(15_000);
    expect(await readdir(join(box.home, '.cache/go-mirror/relay'))).toEqual([]);
  });

  it('asks a mirror that says when it may be asked again by then, and not before', async () => {
    const restMs = 9000;
    const isEarly = ({ startedMs }: Recorded): boolean => startedMs < (mirror.requests[0]?.startedMs ?? 0) + restMs;
    const mirror: LabMirror = await mirrorWith({ path: isEarly, status: 429, headers: { 'retry-after': '9' } });
    const box = await machine(mirror.url);
    expect(await box.run(['pull', '--quiet'])).toMatchObject({ exitCode: 0, stderr: '' });
    await expectRight(box);
    const started = mirror.requests.map(({ startedMs }) => startedMs - mirror.requests[0]!.startedMs);
    // What was on its way already when the first answer came does not count.
    expect(started.filter(ms => ms > 1000 && ms < restMs)).toEqual([]);
  });

  it('does not wait for a mirror that wants to be left alone for an hour', async () => {
    const mirror = await mirrorWith({ status: 429, headers: { 'retry-after': '3600' } });
    const box = await machine(mirror.url);
    const { exitCode, stderr, durationMs } = await box.run(['pull']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('not to be asked again for 3600 s');
    expect(durationMs).toBeLessThan(15_000);
  });

  it('gives up when nothing has come for 20 s, and names the cause', async () => {
    const box = await machine((await mirrorWith({ stall: 'before' })).url);
    const { stdout, exitCode, durationMs } = await box.run(['pull', '--json']);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).cause).toBe('stalled');
    expect(durationMs).toBeGreaterThan(19_000);
    expect(durationMs).toBeLessThan(45_000);
  });

  it('passes the checksum database through, from whichever mirror leads to it', async () => {
    const tree = await moduleTree();
    const without = await labMirror({ tree });
    const leading = await labMirror({ tree, sumdb: await sumdbReplica() });
    const box = await sandbox({ env: { GOPROXY: `${without.url},${leading.url}`, GOFLAGS: '-modcacherw' } });
    const { stdout, stderr, exitCode } = await box.run(['pull', 'rsc.io/quote@v1.5.2']);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('1 modules');
    expect(leading.requests.some(({ path }) => path.includes('/lookup/rsc.io/quote@v1.5.2'))).toBe(true);
  });

  it('takes the right copy by the checksum database where go.sum knows nothing', async () => {
    const tree = await moduleTree();
    const sumdb = await sumdbReplica();
    const bad = await labMirror({ tree, sumdb, faults: [{ tamper: true, path: /\.(zip|mod)$/ }] });
    const good = await labMirror({ tree, sumdb });
    const box = await sandbox({ env: { GOPROXY: `${bad.url},${good.url}`, GOFLAGS: '-modcacherw' } });
    const { stderr, exitCode } = await pullFromPublic(box, [bad.url, good.url], 'rsc.io/quote@v1.5.2');
    expect(exitCode, stderr).toBe(0);
  });

  it('says in both languages that there is no project, exit code 2', async () => {
    const box = await sandbox({ env: { GOPROXY: 'off' } });
    const english = await box.run(['pull']);
    expect(english.exitCode).toBe(2);
    expect(english.stderr).toContain('there is no go.mod here');
    expect((await box.run(['pull', '--lang', 'zh'])).stderr).toContain('当前目录没有 go.mod');
  });

  it('leaves a list that go refuses to go', async () => {
    const box = await machine('ftp://mirror.test');
    const { stderr, exitCode } = await box.run(['pull']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('invalid proxy URL scheme');
    expect(stderr).toContain('goproxy-malformed');
  });

  it('pulls from files, and from mirrors of the command line', async () => {
    const mirror = await mirrorWith();
    const box = await machine('off');
    expect((await box.run(['pull', '--mirror', mirror.url])).exitCode).toBe(0);
    await expectRight(box);
    const again = await machine(`file://${join(box.moduleCache, 'cache/download')},off`);
    expect((await again.run(['pull'])).exitCode).toBe(0);
    await expectRight(again);
  });
});

describe('pull through three mirrors with random faults, one healthy for each file', () => {
  it.each([11, 12, 13, 14])('schedule %i ends as an undisturbed pull', async seed => {
    const { faults, output } = await runSchedule(project, seed);
    expect(faults, output).toEqual([]);
  });
});
