import type { Socket } from 'node:net';
import type { Dispatcher, Pool } from 'undici';
import { type Arriving, arriving } from './arriving.ts';
import { basic, withoutLogin } from './credentials.ts';
import { codeOf, NetworkFailure, wordsOf } from './failure.ts';
import { type Incoming, oneEach, type RequestLine } from './incoming.ts';
import type { ProxyChoice } from './proxy-env.ts';
import { UnheardRequest } from './request-failure.ts';
import { openTurns } from './turns.ts';

/** Go takes ten times as much; no mirror needs it. */
const headerBytes = 1024 * 1024;

/** Requests over HTTP/1.1 on connections that are kept and shared. */
export interface Http1Connections {
  request(line: RequestLine, signal: AbortSignal, onSent: () => void): Promise<Incoming>;
  /** How many requests more would find a connection at once. */
  readonly idle: number;
  /** Takes a connection that is open already. */
  adopt(socket: Socket): void;
  close(): Promise<void>;
}

/**
 * `connect` opens one more connection, of at most so many, and `onItsWay` waits for one that will be adopted, false where there is none;
 * `forward` is the HTTP proxy that wants the whole URL, or null.
 */
export async function openHttp1(
  origin: string,
  connections: number,
  { connect, onItsWay }: { connect: () => Promise<Socket>; onItsWay: () => Promise<boolean> },
  forward: ProxyChoice | null,
): Promise<Http1Connections> {
  const { Pool } = await import('undici');
  const spare: Socket[] = [];
  let open = 0;
  let dialled = 0;
  const waiting: (() => void)[] = [];
  const counted = (socket: Socket): Socket => {
    open += 1;
    return socket.once('close', () => {
      open -= 1;
      waiting.shift()?.();
    });
  };
  const dialOne = async (): Promise<Socket> => {
    dialled += 1;
    try {
      return counted(await connect());
    } finally {
      dialled -= 1;
      waiting.shift()?.();
    }
  };
  /** One that is open or on its way already, else a new one; in place of one that was given up only when that is closed. */
  const ready = async (): Promise<Socket> => {
    for (;;) {
      const socket = takeSpare(spare);
      if (socket) return socket;
      if (await onItsWay()) continue;
      if (open + dialled < connections) return dialOne();
      await new Promise<void>(resolve => waiting.push(resolve));
    }
  };
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    // What waits here has a deadline of its own.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 60_000,
    maxHeaderSize: headerBytes,
    connect: (_, callback) => {
      ready().then(
        socket => callback(null, socket),
        (error: Error) => callback(error, null),
      );
    },
  });
  const turns = openTurns(connections);
  let answered = false;
  const request: Http1Connections['request'] = async ({ method, url, headers }, signal, onSent) => {
    const path = forward ? withoutLogin(url) : `${url.pathname}${url.search}`;
    const login = forward?.login ? { 'proxy-authorization': basic(forward.login) } : {};
    const leave = await turns.enter(signal);
    try {
      const options = { method, path, headers: { ...headers, ...login } };
      const incoming = await send(pool, options, signal, onSent);
      incoming.body.once('close', leave);
      answered = true;
      return incoming;
    } catch (error) {
      leave();
      if (isDialFailure(error) && open > 0 && !signal.aborted) {
        // One more is not to be had: those that are there have to do.
        turns.limit(open);
        return request({ method, url, headers }, signal, onSent);
      }
      // A server may end an idle connection at any time (net/http `shouldRetryRequest`).
      const isHeard = !answered || signal.aborted || !closedCodes.has(codeOf(error));
      throw isHeard ? error : new UnheardRequest(wordsOf(error), { cause: error });
    }
  };
  return {
    request,
    get idle() {
      return turns.free;
    },
    adopt: socket => {
      if (open >= connections) return void socket.destroy();
      spare.push(counted(socket));
      waiting.shift()?.();
    },
    close: async () => {
      for (const socket of spare) socket.destroy();
      await pool.destroy().catch(() => {});
    },
  };
}

const isDialFailure = (error: unknown): boolean => error instanceof NetworkFailure && error.stage !== 'http';

const closedCodes = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

function takeSpare(spare: Socket[]): Socket | undefined {
  for (let socket = spare.pop(); socket; socket = spare.pop()) if (!socket.destroyed) return socket;
  return undefined;
}

function send(
  pool: Pool,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
  onSent: () => void,
): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    let sentAt = performance.now();
    let controller: Dispatcher.DispatchController | null = null;
    let incoming: Arriving | null = null;
    const abort = (): void => {
      const reason = new Error('aborted');
      reject(reason);
      controller?.abort(reason);
    };
    const ended = (): void => signal.removeEventListener('abort', abort);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    pool.dispatch(options, {
      onRequestStart: started => {
        controller = started;
        sentAt = performance.now();
        onSent();
        if (signal.aborted) started.abort(new Error('aborted'));
      },
      onResponseStart: (started, status, headers, statusText = '') => {
        if (status < 200) return;
        incoming = arriving({
          pause: () => started.pause(),
          resume: () => started.resume(),
          abort: error => started.abort(error),
        });
        const { body } = incoming;
        const answer = { status, statusText, headers: oneEach(headers), body, protocol: 'HTTP/1.1' as const };
        resolve({ ...answer, sentAt, headAt: performance.now() });
      },
      onResponseData: (_, chunk) => incoming?.push(chunk),
      onResponseEnd: () => {
        ended();
        incoming?.end();
      },
      onResponseError: (_, error) => {
        ended();
        if (incoming) incoming.fail(error);
        else reject(error);
      },
    });
  });
}
