import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type Connection, type Network, openConnection } from '../../system/network/connection.ts';
import { startDeadline } from '../../system/network/deadline.ts';
import { type Http1Connections, http1Connections, openHttp1 } from './http1.ts';
import { type Http2Connection, openHttp2 } from './http2.ts';
import type { Reply } from './reply.ts';

/** How long a connection may take to be opened, TLS included, milliseconds. */
const connectMs = 15_000;
/** HTTP/2 connections to one origin: a few, since a lost packet stops all that share one. */
const http2Connections = 3;

/** A server: scheme, host and port, and the connections to it. */
export interface Origin {
  /** `fresh`: on a connection of its own, since those that are there may be dead. */
  get(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal, fresh?: boolean): Promise<Reply>;
  /** How many requests it takes at a time. */
  readonly parallel: number;
  close(): void;
}

/** Prepares the connections to the origin of a URL; the first one is opened by the first request. */
export function openOrigin(network: Network, base: URL, lifetime: AbortSignal): Origin {
  let sessions: Http2Connection[] = [];
  let http1: Http1Connections | null = null;
  let opening: Promise<void> | null = null;

  const dialed = async (): Promise<Connection> => {
    const deadline = startDeadline(lifetime, connectMs);
    try {
      return await openConnection(network, base, deadline);
    } finally {
      deadline.clear();
    }
  };
  const more = async (): Promise<Socket> => (await dialed()).socket;
  const take = ({ socket, tls, proxy }: Connection): void => {
    const forward = proxy && !tls && /^https?:$/.test(proxy.url.protocol) ? proxy.url : null;
    if (lifetime.aborted) socket.destroy();
    else if (tls && (socket as TLSSocket).alpnProtocol === 'h2')
      sessions = [...sessions.filter(isOpen), openHttp2(base.origin, socket)];
    else {
      http1 ??= openHttp1(more, forward);
      http1.adopt(socket);
    }
  };
  const open = (): Promise<void> => {
    opening ??= dialed()
      .then(take)
      .finally(() => {
        opening = null;
      });
    return opening;
  };
  const leastLoaded = (): Http2Connection | undefined =>
    sessions.filter(isOpen).sort((one, other) => one.load - other.load)[0];

  return {
    async get(url, headers, signal, fresh = false) {
      if (fresh && !http1) await untilAborted(dialed().then(take), signal);
      else if (!http1 && !leastLoaded()) await untilAborted(open(), signal);
      const session = fresh ? sessions.at(-1) : leastLoaded();
      if (session) {
        if (session.load >= 8 && sessions.filter(isOpen).length < http2Connections && !opening) open().catch(() => {});
        return session.get(url, headers, signal);
      }
      if (!http1) throw new Error('the connection was closed at once');
      return http1.get(url, headers, signal);
    },
    get parallel() {
      return http1 ? http1Connections : 96;
    },
    close: () => {
      for (const session of sessions) session.close();
      http1?.close();
    },
  };
}

const isOpen = (session: Http2Connection): boolean => session.open;

function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new Error('aborted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
