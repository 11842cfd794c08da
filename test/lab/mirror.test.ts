import { describe, expect, test } from 'vitest';
import { certificateAuthority } from './certificates.ts';
import { type Fault, htmlPage } from './fault.ts';
import { madeModule } from './made-module.ts';
import { labMirror } from './mirror.ts';
import type { Ended } from './process.ts';
import { sandbox } from './sandbox.ts';
import { babblingServer, closedPort, resettingServer, silentServer } from './sockets.ts';

const files = madeModule('example.test/Lib', { 'v1.0.0': {}, 'v1.1.0': { 'big.txt': 'x'.repeat(1000) } });

/** Downloads with the real go from a mirror, by default the latest version. */
async function pulled(
  url: string,
  query = 'latest',
  env: Record<string, string> = {},
  timeoutMs = 60_000,
): Promise<Ended> {
  const box = await sandbox({ env: { GOPROXY: url, GOSUMDB: 'off', ...env } });
  return box.go(['mod', 'download', '-json', `example.test/Lib@${query}`], { timeoutMs });
}

describe('a healthy mirror serves the real go', () => {
  test('over HTTP, with the requests on record', async () => {
    const mirror = await labMirror({ files, basePath: '/goproxy' });
    const { stdout, exitCode } = await pulled(mirror.url);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ Version: 'v1.1.0' });
    expect(mirror.requests.map(request => [request.method, request.path, request.status])).toEqual([
      ['GET', '/example.test/!lib/@v/list', 200],
      ['GET', '/example.test/!lib/@v/v1.1.0.info', 200],
      ['GET', '/example.test/!lib/@v/v1.1.0.mod', 200],
      ['GET', '/example.test/!lib/@v/v1.1.0.zip', 200],
    ]);
    expect(mirror.requests.at(-1)?.bodyBytes).toBe(files['/example.test/!lib/@v/v1.1.0.zip']?.length);
    expect(mirror.connections.mostOpen).toBe(1);
  });

  test.each([
    ['HTTP/2', false, '2.0'],
    ['HTTP/1.1', true, '1.1'],
  ])('over TLS with %s', async (_, http1, version) => {
    const ca = certificateAuthority();
    const mirror = await labMirror({ files, tls: ca.leaf(), http1 });
    const box = await sandbox();
    const { exitCode } = await pulled(mirror.url, 'v1.0.0', { SSL_CERT_FILE: ca.writeTo(box.work) });
    expect(exitCode).toBe(0);
    expect(mirror.requests.map(request => request.httpVersion)).toEqual([version, version, version]);
  });

  test('with credentials, HEAD and ranges', async () => {
    const mirror = await labMirror({ files, credentials: { user: 'u', password: 'p' }, head: 'zip-only' });
    const zip = `${mirror.url}/example.test/!lib/@v/v1.1.0.zip`;
    const headers = { authorization: `Basic ${btoa('u:p')}` };
    expect((await fetch(zip)).status).toBe(401);
    expect((await fetch(zip, { method: 'HEAD', headers })).status).toBe(200);
    expect((await fetch(zip.replace('.zip', '.mod'), { method: 'HEAD', headers })).status).toBe(405);
    const part = await fetch(zip, { headers: { ...headers, range: 'bytes=2-5' } });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 4]);
    const latest = await fetch(`${mirror.url}/example.test/!lib/@latest`, { headers });
    expect(await latest.json()).toMatchObject({ Version: 'v1.1.0' });
  });
});

describe('each fault, as go reports it', () => {
  test.each<[string, Fault, RegExp]>([
    ['status', { status: 502, body: 'bad gateway' }, /502 Bad Gateway.*bad gateway/s],
    ['an HTML page', { ...htmlPage, path: '.zip' }, /not a valid zip file/],
    ['reset before an answer', { path: '.mod', reset: 'before' }, /connection reset by peer|EOF/],
    ['reset in the body', { path: '.zip', reset: 'body' }, /connection reset by peer|unexpected EOF/],
    ['truncated', { path: '.zip', truncate: true }, /not a valid zip file/],
    ['only the third request', { after: 2, times: 1, status: 500 }, /v1.1.0.zip: 500/],
  ])('%s', async (_, fault, expected) => {
    const mirror = await labMirror({ files, faults: [fault] });
    const { stdout, exitCode } = await pulled(mirror.url, 'v1.1.0');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(expected);
  });

  test.concurrent.each<[string, Fault]>([
    ['stalled before the answer', { path: '.mod', stall: 'before' }],
    ['stalled in the body', { path: '.zip', stall: 'body' }],
    ['slow as a drip', { path: '.zip', bytesPerSecond: 20 }],
  ])('%s: go hangs', async (_, fault) => {
    const mirror = await labMirror({ files, faults: [fault] });
    expect((await pulled(mirror.url, 'v1.1.0', {}, 2_000)).timedOut).toBe(true);
    expect(mirror.requests.at(-1)?.path).toContain(fault.path);
  });

  test('resets over HTTP/2', async () => {
    const ca = certificateAuthority();
    const mirror = await labMirror({ files, tls: ca.leaf(), faults: [{ path: '.zip', reset: 'body' }] });
    const box = await sandbox();
    const { stdout } = await pulled(mirror.url, 'v1.0.0', { SSL_CERT_FILE: ca.writeTo(box.work) });
    expect(stdout).toMatch(/v1\.0\.0\.zip.*(EOF|closed|reset)/s);
  });

  test.each(['.zip', '.mod'])('a tampered %s is well formed, and its hash differs', async suffix => {
    const sums = async (faults: Fault[]) => {
      const mirror = await labMirror({ files, faults });
      const { stdout, exitCode } = await pulled(mirror.url, 'v1.1.0');
      expect(exitCode).toBe(0);
      return JSON.parse(stdout) as { Sum: string; GoModSum: string };
    };
    const right = await sums([]);
    const wrong = await sums([{ path: suffix, tamper: true }]);
    expect([wrong.Sum === right.Sum, wrong.GoModSum === right.GoModSum]).toEqual([
      suffix !== '.zip',
      suffix !== '.mod',
    ]);
  });
});

test('what is no web server', async () => {
  expect((await pulled(`http://127.0.0.1:${await closedPort()}`)).stdout).toContain('connection refused');
  expect((await pulled(`http://127.0.0.1:${(await resettingServer()).port}`)).stdout).toMatch(/reset by peer|EOF/);
  expect((await pulled(`http://127.0.0.1:${(await babblingServer('SSH-2.0-x\r\n')).port}`)).stdout).toContain(
    'malformed HTTP',
  );
  const silent = await silentServer();
  expect((await pulled(`http://127.0.0.1:${silent.port}`, 'latest', {}, 1_000)).timedOut).toBe(true);
  expect(silent.accepted).toBe(1);
});
