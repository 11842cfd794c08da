import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerResponse } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Certificate } from './certificates.ts';
import { onCleanup } from './cleanup.ts';
import { type Content, contentOf, type Files } from './content.ts';
import { type Fault, FaultPlan, type Recorded, tampered } from './fault.ts';
import { type ConnectionFault, relayTo } from './relay.ts';

export interface MirrorOptions extends Files {
  /** Serves https, with HTTP/2 unless `http1` is set. */
  tls?: Certificate;
  http1?: boolean;
  /** Everything is below this path: `/goproxy`. Default: the root. */
  basePath?: string;
  /** How HEAD is met: as GET, for `.zip` only (as Athens), or never (405). */
  head?: 'answered' | 'zip-only' | 'refused';
  /** Whether `Range` is honoured. Default true. */
  ranges?: boolean;
  /** Answers 401 without these. */
  credentials?: { user: string; password: string };
  faults?: readonly Fault[];
  /** Hears of every request as it comes. */
  onRequest?: (request: Recorded) => void;
  /** No Content-Length: only the end of a body tells that it is whole. */
  unsized?: boolean;
  /** What happens to whole connections. */
  connectionFaults?: readonly ConnectionFault[];
  /** Default: a free one of 127.0.0.1. */
  port?: number;
  address?: string;
}

/** A Go module proxy on loopback, closed at the end of the test file. */
export interface LabMirror {
  /** What GOPROXY takes: `http://127.0.0.1:PORT` and the base path, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Every request so far, in the order they came. */
  readonly requests: Recorded[];
  /** In effect for the next request on: push, splice or empty it. */
  readonly faults: Fault[];
  /** Connections accepted so far, and the most that were open at the same time. */
  readonly connections: { total: number; mostOpen: number };
  close(): Promise<void>;
}

/** A connection counts as open beside others after so long. */
const seenAfterMs = 20;

/**
 * Starts a module proxy over folders in GOPROXY's file layout and single files.
 *
 * ```ts
 * const mirror = await labMirror({ tree: await moduleTree(), sumdb: await sumdbReplica() });
 * const broken = await labMirror({ tree, faults: [{ path: '.zip', after: 2, stall: 'body' }] });
 * const secure = await labMirror({ tree, tls: certificateAuthority().leaf(), head: 'refused' });
 * const tiny = await labMirror({ files: { '/example.test/m/@v/list': 'v1.0.0\n' } });
 * expect(mirror.requests.map(request => request.path)).toEqual([...]);
 * ```
 */
export async function labMirror(options: MirrorOptions = {}): Promise<LabMirror> {
  const plan = new FaultPlan(options.faults ?? []);
  const requests: Recorded[] = [];
  const connections = { total: 0, mostOpen: 0 };
  const numbers = new Map<number | undefined, number>(); // by the port of the client
  const open = new Set<Socket>();

  const server = listener(options, (request, response) => {
    const recorded = record(request, numbers.get(request.socket.remotePort) ?? 0, options.basePath ?? '');
    requests.push(recorded);
    options.onRequest?.(recorded);
    response.once('close', () => {
      recorded.durationMs = performance.now() - recorded.startedMs;
    });
    void answer(options, plan.next(recorded), recorded, request, response);
  });
  server.on('connection', (socket: Socket) => {
    connections.total++;
    numbers.set(socket.remotePort, connections.total);
    open.add(socket);
    // The end of another one may have come before it, and be seen after it.
    setTimeout(() => {
      connections.mostOpen = Math.max(connections.mostOpen, open.size);
    }, seenAfterMs).unref();
    socket.on('error', () => {}); // A client that goes away is no fault of the mirror.
    socket.once('close', () => open.delete(socket));
  });
  server.listen(options.connectionFaults ? 0 : (options.port ?? 0), options.address ?? '127.0.0.1');
  await once(server, 'listening');

  const { port: inner, address } = server.address() as AddressInfo;
  const relay = options.connectionFaults && (await relayTo(inner, options.connectionFaults, options.port));
  const port = relay?.port ?? inner;
  const host = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  const close = onCleanup(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return {
    url: `${options.tls ? 'https' : 'http'}://${host}${options.basePath ?? ''}`,
    port,
    host,
    requests,
    faults: plan.faults,
    connections,
    close,
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

function listener({ tls, http1 }: MirrorOptions, handler: Handler): Server {
  if (!tls) return createServer(handler);
  if (http1) return createTlsServer(tls, handler);
  // The compatibility interface of node:http2 has what is used of HTTP/1's.
  return createSecureServer({ ...tls, allowHTTP1: true }, handler as never);
}

function record(request: IncomingMessage, connection: number, basePath: string): Recorded {
  const path = decoded(request.url ?? '');
  return {
    method: request.method ?? '',
    path: path.startsWith(basePath) ? path.slice(basePath.length) : path,
    headers: { ...request.headers },
    httpVersion: request.httpVersion,
    connection,
    status: null,
    bodyBytes: 0,
    startedMs: performance.now(),
    durationMs: null,
  };
}

/** Go sends `!` as `%21`. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function answer(
  options: MirrorOptions,
  planned: Fault,
  recorded: Recorded,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (planned.delayMs) await sleep(planned.delayMs);
  if (planned.stall === 'before') return;
  if (planned.reset === 'before') return tearDown(request, response);
  if (planned.resetStream === 'before') return resetStream(planned, request, response);
  if (planned.goaway === 'before') return leave(response, -2);

  const content = refusal(options, request) ?? faulty(planned) ?? (await contentOf(options, recorded.path));
  let body = content.body;
  const fault = body.length > (planned.keepBytes ?? -1) ? planned : {};
  if (fault.tamper && content.status === 200) {
    body = typeof fault.tamper === 'function' ? fault.tamper(body, recorded.path) : tampered(body, recorded.path);
  }
  if (fault.truncate) body = body.subarray(0, kept(fault, body));
  const range = options.ranges === false ? null : rangeOf(request, content.status, body.length);
  const total = body.length;
  if (range) body = body.subarray(range.from, range.to + 1);

  recorded.status = range ? 206 : content.status;
  response.writeHead(recorded.status, {
    ...(options.unsized ? {} : { 'content-length': String(body.length) }),
    ...(range ? { 'content-range': `bytes ${range.from}-${range.to}/${total}` } : {}),
    ...content.headers,
    ...fault.headers,
  });
  if (request.method === 'HEAD') return void response.end();
  await send(fault, body, recorded, response);
  if (fault.goaway === 'after') leave(response, 0);
  if (fault.reset === 'body') tearDown(request, response);
  else if (fault.resetStream === 'body') resetStream(fault, request, response);
  else if (fault.stall !== 'body') response.end();
}

/** Sends the body, or the part of it that a stall or a reset lets through, at the fault's pace. */
async function send(fault: Fault, body: Buffer, recorded: Recorded, response: ServerResponse): Promise<void> {
  const isHalf = fault.stall === 'body' || fault.reset === 'body' || fault.resetStream === 'body';
  const end = isHalf ? kept(fault, body) : body.length;
  const step = fault.bytesPerSecond ? Math.max(1, Math.round(fault.bytesPerSecond / 20)) : 64 * 1024;
  if (end === 0) response.flushHeaders?.();
  for (let at = 0; at < end && !response.destroyed; at += step) {
    const chunk = body.subarray(at, Math.min(at + step, end));
    const flushed = response.write(chunk);
    recorded.bodyBytes += chunk.length;
    if (fault.bytesPerSecond) await sleep((1000 * chunk.length) / fault.bytesPerSecond);
    else if (!flushed) await drained(response);
  }
  if (fault.reset === 'body' || fault.resetStream === 'body') await sleep(20); // What was written shall arrive before the connection goes.
}

const kept = ({ keepBytes }: Fault, body: Buffer): number => Math.min(keepBytes ?? body.length >> 1, body.length);

/** Waits until more can be written, or nobody is there to read it. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise(resolve => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

function refusal({ head, credentials }: MirrorOptions, request: IncomingMessage): Content | null {
  const path = request.url ?? '';
  if (request.method === 'HEAD' && (head === 'refused' || (head === 'zip-only' && !path.endsWith('.zip')))) {
    return { status: 405, headers: { allow: 'GET' }, body: Buffer.alloc(0) };
  }
  if (!credentials) return null;
  const expected = `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
  if (request.headers.authorization === expected) return null;
  const headers = { 'www-authenticate': 'Basic realm="lab"', 'content-type': 'text/plain' };
  return { status: 401, headers, body: Buffer.from('unauthorized\n') };
}

function faulty({ status, body }: Fault): Content | null {
  if (status === undefined) return null;
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from(body ?? '') };
}

function rangeOf(request: IncomingMessage, status: number, length: number): { from: number; to: number } | null {
  const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (!match || status !== 200 || Number(match[1]) >= length) return null;
  return { from: Number(match[1]), to: Math.min(match[2] ? Number(match[2]) : length - 1, length - 1) };
}

/** Resets the TCP connection where it can be reached, else ends the TLS connection or HTTP/2 session at once. */
function tearDown(request: IncomingMessage, response: ServerResponse | Http2ServerResponse): void {
  if ('stream' in response && response.stream) response.stream.session?.destroy();
  else if ('encrypted' in request.socket) request.socket.destroy();
  else request.socket.resetAndDestroy();
}

/** A RST_STREAM frame, and nothing before it: `close` of node:http2 would end the body first, as if it were whole. */
function resetStream(
  { resetCode = 2 }: Fault,
  request: IncomingMessage,
  response: ServerResponse | Http2ServerResponse,
): void {
  const stream = 'stream' in response ? response.stream : null;
  if (!stream) {
    tearDown(request, response);
    return;
  }
  const symbol = Object.getOwnPropertySymbols(stream).find(({ description }) => description === 'kHandle');
  (stream as unknown as Record<symbol, { rstStream(code: number): void } | undefined>)[symbol!]?.rstStream(resetCode);
}

const left = new WeakSet<object>();

/** GOAWAY: the last request that is answered is this one, or the one before it (`offset` -2). */
function leave(response: ServerResponse | Http2ServerResponse, offset: number): void {
  if (!('stream' in response) || !response.stream) return;
  const { session, id = 0 } = response.stream;
  // Once: a later one must not name a later request.
  if (!session || left.has(session)) return;
  left.add(session);
  session.goaway(0, Math.max(0, id + offset));
}

const sleep = (milliseconds: number): Promise<void> => new Promise(wake => setTimeout(wake, milliseconds).unref());
