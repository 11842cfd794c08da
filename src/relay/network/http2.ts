import { type ClientHttp2Session, connect, constants } from 'node:http2';
import type { Socket } from 'node:net';
import type { Reply } from './reply.ts';

/** What may be under way unread on one connection: 150 ms at 400 Mbit/s. The default of 64 KiB would allow 3 Mbit/s. */
const connectionWindow = 8 * 1024 * 1024;
const streamWindow = 4 * 1024 * 1024;

/** One HTTP/2 connection. */
export interface Http2Connection {
  /** Whether new requests may be sent on it. */
  readonly open: boolean;
  /** Requests under way. */
  readonly load: number;
  get(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Reply>;
  close(): void;
}

/** Speaks HTTP/2 on a socket that has agreed on it. */
export function openHttp2(origin: string, socket: Socket): Http2Connection {
  const session = connect(origin, {
    createConnection: () => socket,
    maxSessionMemory: 64,
    settings: { enablePush: false, initialWindowSize: streamWindow },
  });
  let open = true;
  let load = 0;
  const retire = (): void => {
    open = false;
  };
  session.on('connect', () => session.setLocalWindowSize(connectionWindow));
  session.on('error', retire).on('close', retire).on('goaway', retire);
  return {
    get open() {
      return open && !session.closed && !session.destroyed;
    },
    get load() {
      return load;
    },
    async get(url, headers, signal) {
      load += 1;
      try {
        return await request(session, url, headers, signal, () => {
          load -= 1;
        });
      } catch (error) {
        if (!open && load === 0) session.destroy();
        throw error;
      }
    },
    close: () => session.destroy(),
  };
}

function request(
  session: ClientHttp2Session,
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  ended: () => void,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ...headers, ':path': `${url.pathname}${url.search}` }, { endStream: true });
    const abort = (): void => stream.close(constants.NGHTTP2_CANCEL);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    stream.once('close', () => {
      signal.removeEventListener('abort', abort);
      ended();
      reject(new Error('the connection was closed before an answer'));
    });
    stream.on('error', reject);
    // A body that ends without END_STREAM only says `aborted`: reading it must fail.
    stream.once('aborted', () => stream.destroy(new Error('unexpected EOF')));
    stream.once('response', head =>
      resolve({ status: Number(head[':status']), headers: head as Reply['headers'], body: stream, url }),
    );
  });
}
