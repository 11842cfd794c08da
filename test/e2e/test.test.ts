import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { MirrorProbe } from '../../src/probe/result.ts';
import { certificateAuthority } from '../lab/certificates.ts';
import { htmlPage } from '../lab/fault.ts';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { closedPort } from '../lab/sockets.ts';
import { type SumdbReplica, sumdbReplica } from '../lab/sumdb.ts';

let tree: string;
let sumdb: SumdbReplica;
let box: Sandbox;

beforeAll(async () => {
  [tree, sumdb, box] = await Promise.all([moduleTree(), sumdbReplica(), sandbox({ env: { GOPROXY: 'off' } })]);
});

interface Report {
  schemaVersion: number;
  command: string;
  summary: { status: string; pass: number; warn: number; fail: number };
  mirrors: MirrorProbe[];
}

const good = (delayMs: number) => labMirror({ tree, sumdb, faults: [{ delayMs }] });

describe('twelve mirrors, given by add and by URL', () => {
  const timeout = 6;
  let mirrors: LabMirror[];
  let report: Report;
  let elapsedMs: number;
  let exitCode: number | null;

  beforeAll(async () => {
    const delays = [160, 5, 80, 320, 30];
    const fine = await Promise.all(delays.map(good));
    const stalling = await Promise.all([1, 2, 3].map(() => labMirror({ tree, faults: [{ stall: 'before' }] })));
    const foreign = await labMirror({ tree, sumdb, tls: certificateAuthority().leaf() });
    const portal = await labMirror({ tree, faults: [htmlPage] });
    mirrors = [...fine, ...stalling, foreign, portal];
    const refusing = [`http://127.0.0.1:${await closedPort()}`, `https://127.0.0.1:${await closedPort()}`];
    await box.run(['add', 'quick', fine[1]!.url]);
    await box.run(['add', 'hangs', stalling[0]!.url]);
    const names = [...fine, ...stalling].map(({ url }) =>
      url === fine[1]!.url ? 'quick' : url === stalling[0]!.url ? 'hangs' : url,
    );
    const started = performance.now();
    const ended = await box.run([
      'test',
      ...names,
      ...refusing,
      foreign.url,
      portal.url,
      '--json',
      '--timeout',
      String(timeout),
    ]);
    elapsedMs = performance.now() - started;
    exitCode = ended.exitCode;
    report = JSON.parse(ended.stdout) as Report;
  }, 240_000);

  test('every verdict is right', () => {
    expect(report.mirrors.map(({ status, cause }) => [status, cause])).toEqual([
      ...Array(5).fill(['ok', null]),
      ...Array(3).fill(['fail', 'stalled']),
      ...Array(2).fill(['fail', 'connection-refused']),
      ['fail', 'tls-unknown-authority'],
      ['fail', 'captive-or-html-response'],
    ]);
    expect(report).toMatchObject({ schemaVersion: 1, command: 'test', summary: { status: 'fail', pass: 5, fail: 7 } });
    expect(exitCode).toBe(1);
  });

  test('the good ones stand in the order of their speed, the others at 0', () => {
    const scores = report.mirrors.slice(0, 5).map(({ score }) => score!);
    const order = [0, 1, 2, 3, 4].sort((a, b) => scores[b]! - scores[a]!);
    expect(order).toEqual([1, 4, 2, 0, 3]);
    expect(scores[1]).toBe(100);
    expect(report.mirrors.slice(5).map(({ score }) => score)).toEqual(Array(7).fill(0));
  });

  test('good ones are proven, and their checksum database verified', () => {
    for (const mirror of report.mirrors.slice(0, 5)) {
      expect(mirror.content.verified).toBe(true);
      expect(mirror.checksumDatabase).toMatchObject({ supported: true, verified: true });
      expect(mirror.estimatedPullMs).toBeGreaterThan(0);
    }
  });

  test('it ends by the deadline', () => expect(elapsedMs).toBeLessThan(timeout * 1100 + 10_000));

  test('no mirror is asked more than twenty times, nor for more than 2 MB, over one connection at a time', () => {
    for (const { requests } of mirrors) {
      expect(requests.length).toBeLessThanOrEqual(20);
      expect(requests.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0)).toBeLessThanOrEqual(2_000_000);
    }
    // What stalls sees the next connection, and in a busy moment not yet the end of the one before.
    for (const { connections } of mirrors.slice(0, 5)) expect(connections).toMatchObject({ mostOpen: 1 });
    const agents = new Set(mirrors.flatMap(({ requests }) => requests.map(({ headers }) => headers['user-agent'])));
    expect([...agents].join()).toMatch(/^go-mirror-setup\/\S+ \(\+https:\/\/\S+\)$/);
  });
});

test('a name that nobody knows, and a run with nothing to test, are usage errors', async () => {
  const unknown = await box.run(['test', 'nosuchmirror']);
  expect(unknown).toMatchObject({ exitCode: 2, stdout: '' });
  expect(unknown.stderr).toContain('nosuchmirror');
});

test('a password is never shown', async () => {
  const mirror = await labMirror({ tree });
  const url = mirror.url.replace('://', '://alice:s3cr3t@');
  for (const args of [
    ['test', url, '--timeout', '2'],
    ['test', url, '--timeout', '2', '--json'],
    ['probe', url],
  ]) {
    const { stdout, stderr } = await box.run(args);
    expect(stdout + stderr).not.toContain('s3cr3t');
  }
  expect(mirror.requests).toEqual([]);
});

test('--repeat combines rounds, each within its manners', async () => {
  const mirror = await good(5);
  const { stdout, exitCode } = await box.run(['test', mirror.url, '--repeat', '2', '--json', '--timeout', '20']);
  const { mirrors } = JSON.parse(stdout) as Report;
  expect(exitCode).toBe(0);
  expect(mirrors[0]).toMatchObject({ status: 'ok', score: 100 });
  expect(mirrors[0]!.requests.length).toBeGreaterThan(20);
  expect(mirror.requests.length).toBeLessThanOrEqual(40);
});

test('--watch goes on until Ctrl-C and ends with 130', async () => {
  const mirror = await good(0);
  const running = box.start(['test', mirror.url, '--watch', '--timeout', '20']);
  await expect.poll(() => running.output.stdout, { timeout: 40_000 }).toMatch(/Round 1\n[\s\S]*100/);
  running.child.kill('SIGINT');
  expect(await running.ended).toMatchObject({ exitCode: 130 });
});

test('--watch --json writes one object a line', async () => {
  const mirror = await good(0);
  const running = box.start(['test', mirror.url, '--watch', '--json', '--timeout', '20']);
  await expect.poll(() => running.output.stdout.split('\n').length, { timeout: 60_000 }).toBeGreaterThan(2);
  running.child.kill('SIGINT');
  const { stdout, exitCode } = await running.ended;
  const rounds = stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Report & { round: number });
  expect(exitCode).toBe(130);
  expect(rounds.map(({ round }) => round)).toEqual(rounds.map((_, index) => index + 1));
  for (const round of rounds) expect(round).toMatchObject({ schemaVersion: 1, command: 'test', summary: { pass: 1 } });
});

test.each([
  ['en', 60],
  ['zh', 60],
  ['zh', 100],
])('the table is aligned: %s, %d columns', async (lang, columns) => {
  const mirror = await good(0);
  const refusing = `http://127.0.0.1:${await closedPort()}`;
  const args = ['test', mirror.url, refusing, '--lang', lang, '--timeout', '20'];
  const { stdout } = await box.run(args, { env: { COLUMNS: String(columns), NO_COLOR: '1' } });
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  const { default: stringWidth } = await import('string-width');
  for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  // The score is the last column, on the right: every line ends where the others do.
  expect(new Set(lines.map(line => stringWidth(line))).size).toBe(1);
});

test('a folder in the layout of a module proxy is a mirror too; an empty one is not', async () => {
  const { stdout, exitCode } = await box.run(['test', `file://${tree}`, `file://${box.work}`, '--json']);
  const { mirrors } = JSON.parse(stdout) as Report;
  expect(mirrors[0]).toMatchObject({ status: 'ok', content: { verified: true } });
  expect(mirrors[1]).toMatchObject({ status: 'fail', cause: 'mirror-not-found-404-410', target: box.work });
  expect(exitCode).toBe(1);
});

test('a folder that leads in circles, or to a whole disk, is no mirror, and is not looked through without end', async () => {
  for (const name of ['a', 'b', 'c']) await mkdir(join(box.work, 'circles', name), { recursive: true });
  for (const name of ['a', 'b', 'c']) {
    for (const link of ['x', 'y', 'z', 'u', 'v', 'w']) await symlink('..', join(box.work, 'circles', name, link));
  }
  const { stdout } = await box.run(['test', `file://${box.work}/circles`, 'file:///', '--json']);
  const { mirrors } = JSON.parse(stdout) as Report;
  expect(mirrors.map(({ status, cause }) => [status, cause])).toEqual(
    Array(2).fill(['fail', 'mirror-not-found-404-410']),
  );
  expect(mirrors[1]).toMatchObject({ name: '/', target: '/' });
});

test('a refusal is given with its reason where the mirror tells it, in its own words alone', async () => {
  const say = (status: number, body: string, headers = {}) =>
    labMirror({ tree, faults: [{ status, body, headers: { 'content-type': 'text/plain', ...headers } }] });
  const mirrors = await Promise.all([
    say(403, 'Package blocked by JFrog Curation policy "malicious"'),
    say(403, 'Forbidden'),
    say(401, ''),
    say(404, '404 page not found'),
    say(404, 'not found: fetch timed out'),
  ]);
  const { stdout } = await box.run(['test', '--json', ...mirrors.map(({ url }) => url)]);
  expect((JSON.parse(stdout) as Report).mirrors.map(({ cause, reason }) => [cause, reason])).toEqual([
    ['mirror-forbidden-403', 'malware'],
    ['mirror-forbidden-403', null],
    ['mirror-forbidden-403', 'credentials'],
    ['mirror-not-found-404-410', 'wrong-address'],
    ['mirror-upstream-failure', 'timeout'],
  ]);
});
