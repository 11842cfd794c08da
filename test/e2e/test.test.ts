import { createServer } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import type { MirrorProbe } from '../../src/probe/result.ts';
import { certificateAuthority } from '../lab/certificates.ts';
import { htmlPage } from '../lab/fault.ts';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
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

/** A port that nothing listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

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
  }, 60_000);

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
