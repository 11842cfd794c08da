import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import type { Socket } from 'node:net';
import { type Arriving, arriving } from './arriving.ts';
import { type Incoming, oneEach, type RequestLine } from './incoming.ts';
import { UnheardRequest } from './request-failure.ts';

/** What may be under way unread on one connection: 150 ms at 400 Mbit/s. The default of 64 KiB would allow 3 Mbit/s. */
const connectionWindow = 8 * 1024 * 1024;
/** Go's own (`transportDefaultStreamFlow`, net/http/h2_bundle.go). */
const streamWindow = 4 * 1024 * 1024;
/** Go takes ten times as much; no mirror needs it. */
const headerBytes = 1024 * 1024;

/** A connection with requests under way is asked for a sign of life after so much silence, and given up after so much more; milliseconds. */
const silenceMs = 2500;
const noSignMs = 3000;
const lookMs = 1000;

/** One HTTP/2 connection. */
export interface Http2Connection {
  /** Whether new requests may be sent on it. */
  readonly open: boolean;
  /** Requests under way, and those of them that are for large files. */
  readonly load: number;
  readonly bulk: number;
  /** Bytes of bodies so far. */
  readonly received: number;
  request(line: RequestLine, signal: AbortSignal, onSent: () => void): Promise<Incoming>;
  /** The round trip in milliseconds, without what waits for other requests; null where the connection ends meanwhile. */
  ping(): Promise<number | null>;
  /** Sets how many bytes may be under way unread. */
  limit(bytes: number): void;
  close(): void;
}

/**
 * Speaks HTTP/2 on a socket that has agreed on it, by node:http2. undici's (7.30) was measured and left: a GOAWAY without an error
 * ends all that is under way there, and a stream that is reset with CANCEL or with no error counts as a whole body. `isWatched`: one
 * whose server gives no sign of life any more is ended, with all that is under way on it.
 */
export function openHttp2(
  origin: string,
  socket: Socket,
  { window = connectionWindow, isWatched = false }: { window?: number | undefined; isWatched?: boolean } = {},
): Http2Connection {
  const session = connect(origin, {
    createConnection: () => socket,
    maxSessionMemory: 64,
    settings: { enablePush: false, initialWindowSize: streamWindow, maxHeaderListSize: headerBytes },
  });
  let isLeaving = false;
  let lastHeard = Number.POSITIVE_INFINITY;
  let load = 0;
  let bulk = 0;
  let received = 0;
  let heardAt = performance.now();
  const end = (): void => {
    session.destroy();
    // A session that a GOAWAY has closed waits for the server to hang up.
    socket.destroy();
  };
  /** The server wants to end the connection: with the last request that is under way. */
  const endIfIdle = (): void => {
    if (isLeaving && load === 0) end();
  };
  const leave = (): void => {
    isLeaving = true;
    // What has just ended may still be on its way to whoever asked for it.
    setImmediate(endIfIdle);
  };
  const ping = (): Promise<number | null> =>
    new Promise(resolve => {
      const answered = (error: Error | null, ms: number): void => {
        if (!error) heardAt = performance.now();
        // A connection that ends answers with an error.
        resolve(error ? null : ms);
      };
      if (session.destroyed || !session.ping(answered)) resolve(null);
    });
  /** As Go's `ReadIdleTimeout` and `PingTimeout` (golang.org/x/net/http2): a server that takes its time over an answer still answers a PING. */
  const look = (): void => {
    if (load === 0) heardAt = performance.now();
    const quietMs = performance.now() - heardAt;
    if (quietMs > silenceMs + noSignMs) end();
    else if (quietMs > silenceMs) void ping();
  };
  if (isWatched) {
    const watch = setInterval(look, lookMs).unref();
    socket.once('close', () => clearInterval(watch));
  }
  session.on('connect', () => session.setLocalWindowSize(window));
  session.on('error', leave).on('close', leave);
  session.on('goaway', (_, lastStream: number) => {
    lastHeard = lastStream;
    leave();
  });
  return {
    get open() {
      return !isLeaving && !session.closed && !session.destroyed;
    },
    get load() {
      return load;
    },
    get bulk() {
      return bulk;
    },
    get received() {
      return received;
    },
    ping,
    limit: bytes => {
      if (!session.destroyed) session.setLocalWindowSize(bytes);
    },
    request(line, signal, onSent) {
      load += 1;
      if (line.isLarge) bulk += 1;
      const ended = (): void => {
        load -= 1;
        if (line.isLarge) bulk -= 1;
        endIfIdle();
      };
      onSent();
      const count = (bytes: number): void => {
        heardAt = performance.now();
        received += bytes;
      };
      return send(session, line, signal, { ended, count, lastHeard: () => lastHeard });
    },
    close: end,
  };
}

function send(
  session: ClientHttp2Session,
  { method, url, headers }: RequestLine,
  signal: AbortSignal,
  { ended, count, lastHeard }: { ended: () => void; count: (bytes: number) => void; lastHeard: () => number },
): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    const sentAt = performance.now();
    let stream: ClientHttp2Stream;
    try {
      const path = `${url.pathname}${url.search}`;
      stream = session.request({ ...headers, ':method': method, ':path': path }, { endStream: true });
    } catch {
      ended();
      reject(new UnheardRequest('the connection was closed before the request'));
      return;
    }
    const isCut = watchEnd(stream);
    const abort = (): void => stream.close(constants.NGHTTP2_CANCEL);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    let incoming: Arriving | null = null;
    stream.once('response', head => {
      const { ':status': status = 0, ...rest } = head;
      incoming = arriving({
        pause: () => stream.pause(),
        resume: () => stream.resume(),
        abort: () => stream.close(constants.NGHTTP2_CANCEL),
      });
      const { body } = incoming;
      const answer = { status, statusText: '', headers: oneEach(rest), body, protocol: 'HTTP/2.0' as const };
      resolve({ ...answer, sentAt, headAt: performance.now() });
      const length = Number(rest['content-length'] ?? Number.NaN);
      let bytes = 0;
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        count(chunk.length);
        incoming?.push(chunk);
      });
      // What waited for a slow reader may end after its stream has closed.
      stream.once('end', () =>
        bytes !== length && isCut() ? incoming?.fail(new Error('unexpected EOF')) : incoming?.end(),
      );
    });
    const fail = (error: Error): void => {
      incoming?.fail(error);
      // The server says that it has not looked at the request (RFC 9113, 8.7).
      const isUnheard = stream.rstCode === constants.NGHTTP2_REFUSED_STREAM || (stream.id ?? 0) > lastHeard();
      reject(isUnheard && !signal.aborted ? new UnheardRequest(error.message) : error);
    };
    stream.on('error', fail);
    stream.once('close', () => {
      signal.removeEventListener('abort', abort);
      ended();
      fail(new Error('the connection was closed before an answer'));
    });
  });
}

/**
 * Tells whether a stream ended without END_STREAM. Node ends one that was reset with CANCEL or with no error, or whose connection is
 * gone, as if it were whole: it is marked as closed then before its end is pushed, and not yet where END_STREAM came.
 */
function watchEnd(stream: ClientHttp2Stream): () => boolean {
  const push = stream.push.bind(stream);
  let isWhole: boolean | null = null;
  stream.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (chunk === null) isWhole ??= !stream.closed;
    return push(chunk, encoding);
  };
  return () => isWhole === false;
}
