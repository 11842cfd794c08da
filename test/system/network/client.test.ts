import { setMaxListeners } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { type Client, openClient } from '../../../src/system/network/client.ts';
import { readNetwork } from '../../../src/system/network/connection.ts';
import { startDeadline } from '../../../src/system/network/deadline.ts';
import { NetworkFailure } from '../../../src/system/network/failure.ts';
import { openSession } from '../../../src/system/network/session.ts';
import { certificateAuthority } from '../../lab/certificates.ts';
import { onCleanup } from '../../lab/cleanup.ts';
import { labMirror, type MirrorOptions } from '../../lab/mirror.ts';

const ca = certificateAuthority();
const env = { SSL_CERT_FILE: ca.writeTo(mkdtempSync(join(tmpdir(), 'go-mirror-ca-'))) };
const context = { env, cwd: tmpdir(), platform: process.platform, signal: new AbortController().signal };
const alive = new AbortController().signal;
setMaxListeners(0, alive);
const large = Buffer.alloc(2_000_000, 'x');
const files = { '/m.test/@v/large.zip': large, '/m.test/@v/small.mod': 'module m.test\n' };

/** Both ways of speaking, as far as a server allows them. */
const protocols = [
  ['HTTP/1.1', { tls: ca.leaf(), http1: true }],
  ['HTTP/2', { tls: ca.leaf() }],
] as const satisfies [string, MirrorOptions][];

async function opened(): Promise<Client> {
  const lifetime = new AbortController();
  const client = openClient(await readNetwork(context), lifetime.signal);
  onCleanup(() => {
    lifetime.abort();
    client.close();
  });
  return client;
}

/** What came of a body, and whether it was whole. */
async function read(body: Readable): Promise<{ bytes: number; error: string | null }> {
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      // A slow reader: what arrives waits here.
      if (bytes % 7 === 0) await new Promise(resolve => setImmediate(resolve));
    }
    return { bytes, error: null };
  } catch (error) {
    return { bytes, error: (error as Error).message };
  }
}

const failureOf = async (work: Promise<unknown>): Promise<NetworkFailure> => {
  const error = await work.then(
    () => null,
    (each: unknown) => each,
  );
  expect(error).toBeInstanceOf(NetworkFailure);
  return error as NetworkFailure;
};

describe.each(protocols)('over %s', (_, options) => {
  const largeUrl = (url: string): URL => new URL(`${url}/m.test/@v/large.zip`);
  const smallUrl = (url: string): URL => new URL(`${url}/m.test/@v/small.mod`);

  test('many at a time, each whole, over few connections', async () => {
    const mirror = await labMirror({ files, ...options });
    const client = await opened();
    const all = Array.from({ length: 60 }, async () => {
      const { status, body } = await client.get(largeUrl(mirror.url), alive);
      return [status, await read(body)];
    });
    expect(await Promise.all(all)).toEqual(Array(60).fill([200, { bytes: large.length, error: null }]));
    expect(mirror.connections.mostOpen).toBeLessThanOrEqual('http1' in options ? 12 : 8);
    expect(mirror.connections.total).toBeLessThanOrEqual('http1' in options ? 12 : 8);
  });

  test('a body that breaks off is never taken for whole, and gives all that came', async () => {
    const ways: MirrorOptions[] = [
      { faults: [{ reset: 'body' }] },
      { faults: [{ resetStream: 'body', resetCode: 0 }] },
      { faults: [{ resetStream: 'body', resetCode: 2 }] },
      { faults: [{ resetStream: 'body', resetCode: 8 }] },
      { connectionFaults: [{ does: 'end', afterBytes: 1_000_000 }] },
      { connectionFaults: [{ does: 'reset', afterBytes: 1_000_000 }] },
    ];
    const client = await opened();
    for (const way of ways) {
      // No length, so that nothing but the end itself tells.
      const mirror = await labMirror({ files, ...options, ...way, unsized: true });
      const { status, body } = await client.get(largeUrl(mirror.url), alive);
      const { bytes, error } = await read(body);
      expect([status, error !== null], JSON.stringify(way)).toEqual([200, true]);
      expect(bytes, JSON.stringify(way)).toBeGreaterThan(300_000);
      expect(bytes).toBeLessThan(large.length);
    }
  });

  test('without an answer the failure says so: reset, ended, refused after the first', async () => {
    const client = await opened();
    const reset = await labMirror({ files, ...options, faults: [{ reset: 'before' }] });
    expect(await failureOf(client.get(smallUrl(reset.url), alive))).toMatchObject({
      cause: 'connection-reset',
      stage: 'http',
      target: reset.host,
    });
    const gone = await labMirror({ files, ...options, connectionFaults: [{ does: 'refuse' }] });
    expect(await failureOf(client.get(smallUrl(gone.url), alive))).toMatchObject({ cause: 'connection-refused' });
    const one = await labMirror({ files, ...options, connectionFaults: [{ does: 'refuse', from: 2 }] });
    expect(await read((await client.get(smallUrl(one.url), alive)).body)).toMatchObject({ error: null });
    // Over HTTP/1.1 a free connection is as good as a new one.
    const fresh = client.get(smallUrl(one.url), alive, { fresh: true });
    if ('http1' in options) expect((await fresh).status).toBe(200);
    else expect(await failureOf(fresh)).toMatchObject({ cause: 'connection-refused' });
  });

  test('a connection that the server has closed meanwhile is no failure', async () => {
    const mirror = await labMirror({ files, ...options, connectionFaults: [{ to: 1, does: 'end', afterMs: 300 }] });
    const client = await opened();
    expect(await read((await client.get(smallUrl(mirror.url), alive)).body)).toMatchObject({ error: null });
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(await read((await client.get(smallUrl(mirror.url), alive)).body)).toMatchObject({ error: null });
    expect(mirror.connections.total).toBe(2);
  });

  test('an aborted request frees its connection', async () => {
    const mirror = await labMirror({ files, ...options, faults: [{ path: 'large', stall: 'before' }] });
    const client = await opened();
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    const stalled = Array.from({ length: 20 }, () =>
      client.get(largeUrl(mirror.url), controller.signal).catch(() => 'aborted'),
    );
    await new Promise(resolve => setTimeout(resolve, 300));
    controller.abort();
    expect(await Promise.all(stalled)).toEqual(Array(20).fill('aborted'));
    const answers = Array.from({ length: 20 }, async () => read((await client.get(smallUrl(mirror.url), alive)).body));
    const ends = await Promise.all(answers);
    expect(ends.filter(({ error }) => error !== null)).toEqual([]);
  });

  test('headers as large as go takes them', async () => {
    const value = 'v'.repeat(60_000);
    const mirror = await labMirror({ files, ...options, faults: [{ headers: { 'x-large': value } }] });
    const client = await opened();
    expect((await client.get(smallUrl(mirror.url), alive)).headers['x-large']).toBe(value);
  });

  test('HEAD, 204 and 304 have no body', async () => {
    const mirror = await labMirror({ files, ...options, faults: [{ path: 'small', status: 204 }] });
    const session = openSession(await readNetwork(context));
    const deadline = startDeadline(alive, 5000);
    const asked = { maxBytes: 1000, deadline };
    expect(await session.request('HEAD', largeUrl(mirror.url), asked)).toMatchObject({ status: 200, cut: false });
    expect(await session.request('GET', smallUrl(mirror.url), asked)).toMatchObject({ status: 204, cut: false });
    // undici closes the connection of a HEAD, since some servers send a body.
    expect(mirror.connections.total).toBe('http1' in options ? 2 : 1);
    await session.close();
    deadline.clear();
  });
});

describe('HTTP/2', () => {
  const tls = ca.leaf();
  const smallUrl = (url: string): URL => new URL(`${url}/m.test/@v/small.mod`);

  test('a GOAWAY lets what is under way end, and what comes after goes over another connection', async () => {
    const mirror = await labMirror({
      files,
      tls,
      faults: [
        { goaway: 'after', times: 1 },
        { path: 'large', bytesPerSecond: 4_000_000 },
      ],
    });
    const client = await opened();
    const under = client.get(new URL(`${mirror.url}/m.test/@v/large.zip`), alive);
    await under;
    const first = await client.get(smallUrl(mirror.url), alive);
    expect(await read(first.body)).toMatchObject({ error: null });
    const later = await client.get(smallUrl(mirror.url), alive);
    expect(await read(later.body)).toMatchObject({ error: null });
    expect(await read((await under).body)).toEqual({ bytes: large.length, error: null });
  });

  test('a request that the server says it has not looked at is sent again, and not without end', async () => {
    for (const fault of [{ resetStream: 'before', resetCode: 7 }, { goaway: 'before' }] as const) {
      const mirror = await labMirror({ files, tls, faults: [{ ...fault, after: 1, times: 1 }] });
      const client = await opened();
      expect((await client.get(smallUrl(mirror.url), alive)).status).toBe(200);
      expect((await client.get(smallUrl(mirror.url), alive)).status).toBe(200);
      expect(mirror.requests).toHaveLength(3);
    }
    const always = await labMirror({ files, tls, faults: [{ resetStream: 'before', resetCode: 7 }] });
    const client = await opened();
    expect(await failureOf(client.get(smallUrl(always.url), alive))).toMatchObject({ cause: 'connection-reset' });
    expect(always.requests).toHaveLength(2);
  });

  test.each([1, 2, 5])('a server that leaves each connection after %i answers gives them all', async nth => {
    let count = 0;
    const mirror = await labMirror({ files, tls, faults: [{ path: () => ++count % nth === 0, goaway: 'after' }] });
    const client = await opened();
    const statuses = Array.from({ length: 40 }, async () => (await client.get(smallUrl(mirror.url), alive)).status);
    expect(await Promise.all(statuses)).toEqual(Array(40).fill(200));
  });

  test('streams that are reset one by one leave the others alone', async () => {
    let count = 0;
    const mirror = await labMirror({
      files,
      tls,
      faults: [{ path: () => count++ % 2 === 0, resetStream: 'body' }],
    });
    const client = await opened();
    const url = new URL(`${mirror.url}/m.test/@v/large.zip`);
    const ends = await Promise.all(
      Array.from({ length: 10 }, async () => (await read((await client.get(url, alive)).body)).error === null),
    );
    expect(ends.filter(Boolean)).toHaveLength(5);
  });
});

describe('redirects and logins, as go sends them', () => {
  /** A server that tells what it was sent; `/to?URL` redirects there. */
  async function echo(
    status = 302,
  ): Promise<{ port: number; seen: { path: string; host: string; login: string | null }[] }> {
    const seen: { path: string; host: string; login: string | null }[] = [];
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      const path = request.url!;
      seen.push({ path, host: request.headers.host!, login: request.headers.authorization ?? null });
      const to = path.startsWith('/to?') ? decodeURIComponent(path.slice(4)) : null;
      if (to) response.writeHead(status, { location: to }).end('x'.repeat(500));
      else response.end('here');
    };
    const server = createServer(answer);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    onCleanup(() => void server.close());
    return { port: (server.address() as AddressInfo).port, seen };
  }

  test('a login of the URL is refused over http, whatever it looks like', async () => {
    const client = await opened();
    for (const login of ['user:secret', 'user', ':secret', '%ff:%00']) {
      const failure = await failureOf(client.get(new URL(`http://${login}@127.0.0.1:1/`), alive));
      expect(failure).toMatchObject({ cause: 'insecure-http', target: '127.0.0.1:1' });
      expect(failure.message).toContain('refusing to pass credentials to insecure URL');
      expect(failure.message).not.toContain('secret');
    }
  });

  test.each([301, 302, 303, 307, 308])('%i is followed, and its connection used again', async status => {
    const { port, seen } = await echo(status);
    const client = await opened();
    const { body } = await client.get(new URL(`http://127.0.0.1:${port}/to?/a`), alive);
    expect(await read(body)).toEqual({ bytes: 4, error: null });
    expect(seen.map(({ path }) => path)).toEqual(['/to?/a', '/a']);
  });

  test('circles, other schemes and no address at all end in words', async () => {
    const { port } = await echo();
    const client = await opened();
    const to = (location: string) =>
      client.get(new URL(`http://127.0.0.1:${port}/to?${encodeURIComponent(location)}`), alive);
    for (const location of ['ftp://a.test/', 'http://a b/', 'file:///etc/passwd']) {
      expect(await failureOf(to(location))).toMatchObject({
        cause: 'captive-or-html-response',
        target: `127.0.0.1:${port}`,
      });
    }
    const circle = await labMirror({ faults: [{ status: 302, headers: { location: '/again' } }] });
    expect((await failureOf(client.get(new URL(circle.url), alive))).message).toBe('stopped after 10 redirects');
    expect(circle.requests).toHaveLength(10);
  });

  test('from https to http is refused, from http to https and back is not', async () => {
    const { port } = await echo();
    const secure = await labMirror({
      tls: ca.leaf(),
      faults: [{ status: 302, headers: { location: `http://127.0.0.1:${port}/end` } }],
    });
    const client = await opened();
    expect(await failureOf(client.get(new URL(secure.url), alive))).toMatchObject({ cause: 'insecure-http' });
    const { status } = await client.get(
      new URL(`http://127.0.0.1:${port}/to?${encodeURIComponent(secure.url)}`),
      alive,
    );
    expect(status).toBe(200);
  });
});
