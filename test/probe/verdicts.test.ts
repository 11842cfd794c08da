import { mkdtempSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ProbeOptions, probeMirrors } from '../../src/probe/mirrors.ts';
import type { MirrorProbe } from '../../src/probe/result.ts';
import type { Context } from '../../src/system/context.ts';
import { certificateAuthority } from '../lab/certificates.ts';
import { onCleanup } from '../lab/cleanup.ts';
import { type Fault, htmlPage } from '../lab/fault.ts';
import { labMirror, type MirrorOptions } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { privateDatabase } from '../lab/private-sumdb.ts';
import { type SumdbReplica, sumdbReplica } from '../lab/sumdb.ts';

const ca = certificateAuthority();
const trusted = ca.writeTo(mkdtempSync(join(tmpdir(), 'go-mirror-ca-')));
const day = 86_400_000;
let tree: string;
let sumdb: SumdbReplica;

beforeAll(async () => {
  [tree, sumdb] = await Promise.all([moduleTree(), sumdbReplica()]);
});

function context(env: Record<string, string> = {}): Context {
  return { env, cwd: tmpdir(), platform: process.platform, signal: new AbortController().signal };
}

async function probeUrls(urls: string[], env: Record<string, string> = {}, options: Partial<ProbeOptions> = {}) {
  const targets = urls.map(url => ({ name: url, url, counts: true, inEffect: true, trust: 'gatekeeper' as const }));
  return probeMirrors(context(env), targets, { deadlineMs: 15_000, refine: false, ...options });
}

async function probeOne(options: MirrorOptions, env: Record<string, string> = {}): Promise<MirrorProbe> {
  const mirror = await labMirror({ tree, sumdb, ...options });
  const [probe] = await probeUrls([mirror.url], env);
  return probe!;
}

async function listening(server: {
  listen: (port: number, host: string, done: () => void) => unknown;
  address: () => unknown;
  close: () => unknown;
}) {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onCleanup(() => void server.close());
  return (server.address() as { port: number }).port;
}

describe('what a mirror answers', () => {
  const files = (status: number, body: string): Fault => ({
    path: '/@v/',
    status,
    body,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
  test.each<[string, Fault, string]>([
    ['401', files(401, ''), 'mirror-forbidden-403'],
    ['403', files(403, 'access denied by policy'), 'mirror-forbidden-403'],
    ['404', files(404, 'not found: unknown revision'), 'mirror-not-found-404-410'],
    ['410', files(410, 'gone'), 'mirror-not-found-404-410'],
    ['429', files(429, 'slow down'), 'mirror-rate-limited-429'],
    ['400', files(400, 'Bad Request'), 'mirror-server-error-5xx'],
    ['500', files(500, 'Internal Server Error'), 'mirror-server-error-5xx'],
    ['502', files(502, '<html><title>502 Bad Gateway</title></html>'), 'mirror-server-error-5xx'],
    ['503', files(503, ''), 'mirror-server-error-5xx'],
    ['404 for its own sake', files(404, 'not found: fetch timed out'), 'mirror-upstream-failure'],
    ['500, its disk is full', files(500, 'write /data/x.zip: no space left on device'), 'mirror-upstream-failure'],
    ['502, its upstream', files(502, 'dial tcp 10.0.0.1:443: connect: connection refused'), 'mirror-upstream-failure'],
    ['HTML with 200', htmlPage, 'captive-or-html-response'],
    ['text with 200', { status: 200, body: 'It works!' }, 'captive-or-html-response'],
    ['204', { status: 204 }, 'captive-or-html-response'],
    ['another version', { path: '.info', body: '{"Version":"v1.0.0"}', status: 200 }, 'captive-or-html-response'],
    ['a tampered zip', { path: '.zip', tamper: true }, 'checksum-mismatch-sumdb'],
    ['a tampered mod', { path: '.mod', tamper: true }, 'checksum-mismatch-sumdb'],
    ['half a zip', { path: '.zip', truncate: true }, 'truncated-download'],
    ['a zip that breaks off', { path: '.zip', reset: 'body' }, 'truncated-download'],
    [
      'bad gzip',
      { path: '.info', status: 200, body: 'no gzip', headers: { 'content-encoding': 'gzip' } },
      'truncated-download',
    ],
    ['a reset', { reset: 'before' }, 'connection-reset'],
    ['a redirect in circles', { status: 302, headers: { location: '/elsewhere' } }, 'captive-or-html-response'],
  ])('%s', async (_, fault, cause) => {
    const mirror = await labMirror({ tree, sumdb, faults: [fault] });
    const [probe] = await probeUrls([mirror.url]);
    expect([probe!.status, probe!.cause]).toEqual(['fail', cause]);
    expect(probe!.target).toBe(mirror.host);
  });

  test('good gzip is read as go reads it', async () => {
    const body = gzipSync('{"Version":"v1.5.2","Time":"2018-02-14T15:44:20Z"}');
    const fault: Fault = { path: 'v1.5.2.info', status: 200, body, headers: { 'content-encoding': 'gzip' } };
    expect(await probeOne({ faults: [fault] })).toMatchObject({ status: 'ok', content: { verified: true } });
  });

  test('HEAD that is refused, or never answered, is no fault', async () => {
    const [refused, silent] = await Promise.all([
      probeOne({ head: 'refused' }),
      probeOne({ faults: [{ path: ({ method }) => method === 'HEAD', stall: 'before' }] }),
    ]);
    expect([refused.status, silent.status]).toEqual(['ok', 'ok']);
  });

  test('one that is slow but right is no failing one, though the deadline cuts it short', async () => {
    const mirror = await labMirror({ tree, sumdb, faults: [{ delayMs: 1500 }] });
    const [probe] = await probeUrls([mirror.url], {}, { deadlineMs: 5000, refine: true });
    expect(probe).toMatchObject({ status: 'ok', cause: null });
    expect(probe!.estimatedPullMs).toBeGreaterThan(10_000);
  });
});

describe('the connection', () => {
  test.each<[string, () => MirrorOptions['tls'], string]>([
    ['a foreign authority', () => certificateAuthority().leaf(), 'tls-unknown-authority'],
    ['a chain with a gap', () => ca.intermediate({ incomplete: true }).leaf(), 'tls-unknown-authority'],
    ['expired', () => ca.leaf({ notAfter: new Date(Date.now() - day / 2) }), 'tls-other'],
    ['another name', () => ca.leaf({ names: ['other.test'] }), 'tls-other'],
    [
      'expired and foreign: go looks at the date first',
      () => certificateAuthority().leaf({ notAfter: new Date(Date.now() - day / 2) }),
      'tls-other',
    ],
  ])('%s', async (_, tls, cause) => {
    const probe = await probeOne({ tls: tls()! }, { SSL_CERT_FILE: trusted });
    expect([probe.status, probe.cause]).toEqual(['fail', cause]);
  });

  test('SSL_CERT_FILE and SSL_CERT_DIR are trusted, over HTTP/2 and HTTP/1.1; NODE_EXTRA_CA_CERTS is not', async () => {
    const tls = ca.leaf();
    const folder = join(trusted, '..');
    expect(await probeOne({ tls }, { SSL_CERT_FILE: trusted })).toMatchObject({ status: 'ok', protocol: 'HTTP/2.0' });
    expect(await probeOne({ tls, http1: true }, { SSL_CERT_DIR: folder })).toMatchObject({
      status: 'ok',
      protocol: 'HTTP/1.1',
    });
    const other = await probeOne({ tls }, { NODE_EXTRA_CA_CERTS: trusted });
    expect(other).toMatchObject({ cause: 'tls-unknown-authority', tls: { issuer: 'go-mirror lab CA' } });
  });

  test('plain HTTP where TLS is expected, and TLS where plain HTTP is', async () => {
    const plain = await labMirror({ tree });
    const secure = await labMirror({ tree, tls: ca.leaf(), http1: true });
    const probes = await probeUrls([plain.url.replace('http:', 'https:'), secure.url.replace('https:', 'http:')]);
    expect(probes[0]!.cause).toBe('captive-or-html-response');
    expect(['captive-or-html-response', 'connection-reset']).toContain(probes[1]!.cause);
  });

  test('silence at each stage: after the connection, in the TLS handshake', async () => {
    const port = await listening(createServer(() => {}));
    const urls = [`http://127.0.0.1:${port}`, `https://127.0.0.1:${port}`];
    const probes = await probeUrls(urls, {}, { deadlineMs: 1500 });
    expect(probes.map(({ cause }) => cause)).toEqual(['stalled', 'tls-handshake-timeout']);
  });

  test('a server that hangs up in the TLS handshake', async () => {
    const port = await listening(createServer(socket => socket.once('data', () => socket.destroy())));
    const [probe] = await probeUrls([`https://127.0.0.1:${port}`]);
    expect(probe).toMatchObject({ status: 'fail', cause: 'connection-reset', target: `127.0.0.1:${port}` });
  });

  test('credentials over http are refused before anything is sent, as go does', async () => {
    const mirror = await labMirror({ tree });
    const [probe] = await probeUrls([mirror.url.replace('://', '://user:secret@')]);
    expect(probe!.status).toBe('fail');
    expect(probe!.detail).toContain('refusing to pass credentials to insecure URL');
    expect(mirror.requests).toEqual([]);
  });

  test('names that DNS hangs on fail alone and in time', async () => {
    const { createSocket } = await import('node:dgram');
    const silent = createSocket('udp4');
    await new Promise<void>(resolve => silent.bind(0, '127.0.0.1', resolve));
    onCleanup(() => void silent.close());
    const mirror = await labMirror({ tree, sumdb });
    const urls = ['a', 'b', 'c', 'd'].map(name => `https://${name}.hanging.test`).concat(mirror.url);
    const targets = urls.map(url => ({ name: url, url, counts: true, inEffect: true, trust: 'gatekeeper' as const }));
    const dns = { ...context(), dnsServers: [`127.0.0.1:${silent.address().port}`] };
    const started = performance.now();
    const probes = await probeMirrors(dns, targets, { deadlineMs: 2000 });
    expect(performance.now() - started).toBeLessThan(12_000);
    expect(probes.slice(0, 4).map(({ cause, target }) => [cause, target])).toEqual(
      ['a', 'b', 'c', 'd'].map(name => ['dns-failure', `${name}.hanging.test`]),
    );
    expect(probes[0]!.detail).toContain(`127.0.0.1:${silent.address().port}`);
    expect(probes[4]).toMatchObject({ status: 'ok', score: 100 });
  });
});

describe('an HTTP proxy of the environment', () => {
  test.each([
    ['refuses', 407, 'Proxy Authentication Required'],
    ['forbids', 403, 'Forbidden'],
  ])('that %s the tunnel is at fault, not the mirror', async (_, status, words) => {
    const server = createHttpServer();
    server.on('connect', (_request, socket) => socket.end(`HTTP/1.1 ${status} ${words}\r\n\r\n`));
    const port = await listening(server);
    const [probe] = await probeUrls(['https://mirror.test'], { HTTPS_PROXY: `http://127.0.0.1:${port}` });
    expect(probe).toMatchObject({ cause: 'http-proxy-misconfigured', target: `127.0.0.1:${port}` });
    expect(probe!.detail).toContain(`${status} ${words}`);
  });

  test('that is down, or has no such name', async () => {
    const [down] = await probeUrls(['https://mirror.test'], { HTTPS_PROXY: 'http://127.0.0.1:1' });
    expect(down).toMatchObject({ cause: 'http-proxy-misconfigured', target: '127.0.0.1:1' });
  });

  test('never stands before loopback', async () => {
    const mirror = await labMirror({ tree, sumdb });
    const [probe] = await probeUrls([mirror.url], { HTTP_PROXY: 'http://127.0.0.1:1' });
    expect(probe!.status).toBe('ok');
  });
});

describe('the checksum database behind a mirror', () => {
  test('verified, not served, not to be had, tampered', async () => {
    const good = await probeOne({});
    expect(good.checksumDatabase).toMatchObject({ supported: true, verified: true, cause: null });
    const none = await probeOne({ faults: [{ path: '/sumdb/', status: 404 }] });
    expect(none).toMatchObject({ status: 'ok', checksumDatabase: { supported: false, verified: null } });
    const dead = await probeOne({ faults: [{ path: '/lookup/', status: 502 }] });
    expect(dead).toMatchObject({
      status: 'degraded',
      checksumDatabase: { verified: false, cause: 'sumdb-unreachable' },
    });
    const tampered = await probeOne({ faults: [{ path: '/lookup/', tamper: true }] });
    expect(tampered).toMatchObject({ status: 'fail', cause: 'sumdb-bad-response' });
  });

  test('another database with the same name, signed by another key', async () => {
    const lines = [
      'rsc.io/quote v1.5.2 h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=',
      'rsc.io/quote v1.5.2/go.mod h1:LzX7hefJvL54yjefDEDHNONDjII0t9xZLPXsUe+TKr0=',
    ];
    const forged = privateDatabase('sum.golang.org', { 'rsc.io/quote@v1.5.2': lines });
    expect(await probeOne({ sumdb: forged })).toMatchObject({ status: 'fail', cause: 'sumdb-bad-response' });
  });

  test('the record of another module, validly signed', async () => {
    const other = (await sumdb.answer('/lookup/rsc.io/sampler@v1.3.0'))!;
    const probe = await probeOne({ faults: [{ path: '/lookup/', status: 200, body: other }] });
    expect(probe).toMatchObject({ status: 'fail', cause: 'sumdb-bad-response' });
  });

  test('a tree of years ago is named with how far it lags', async () => {
    const probe = await probeOne({ faults: [{ path: /\/latest$/, status: 200, body: sumdb.olderHead }] });
    expect(probe.status).toBe('degraded');
    expect(probe.freshness!.treeBehind).toBeGreaterThan(1_000_000);
  });
});

test('a mirror two versions behind is named beside one that is up to date', async () => {
  const list = (versions: string): Fault => ({ path: '/rsc.io/quote/@v/list', status: 200, body: versions });
  const latest: Fault = { path: '/rsc.io/quote/@latest', status: 404 };
  const fresh = await labMirror({ tree, sumdb, faults: [list('v1.5.0\nv1.5.1\nv1.5.2\n'), latest] });
  const stale = await labMirror({ tree, sumdb, faults: [list('v1.5.0\n'), latest] });
  const probes = await probeUrls([fresh.url, stale.url]);
  expect(probes[0]).toMatchObject({ status: 'ok', freshness: { newest: 'v1.5.2', behind: 0 } });
  expect(probes[1]).toMatchObject({ status: 'degraded', freshness: { newest: 'v1.5.0', behind: 2 } });
});
