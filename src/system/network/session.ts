import { userAgent } from '../../version.ts';
import { authorityOf, hostAndPort } from './address.ts';
import { type Connection, type Network, openConnection, type StageNote } from './connection.ts';
import { sendable, withoutLogin } from './credentials.ts';
import type { Deadline } from './deadline.ts';
import { type Exchanged, type ExchangeOptions, exchange } from './exchange.ts';
import { askLoggedIn } from './logged-in.ts';
import { type Origin, openOrigin } from './origin.ts';
import type { Hop } from './redirect.ts';
import { requestFailure } from './request-failure.ts';

export interface Reply extends Exchanged {
  /** The URL that answered in the end. */
  url: URL;
}

interface SessionEvents {
  /** Every request with its end, redirects too. */
  request?: (request: {
    method: 'HEAD' | 'GET';
    url: string;
    status: number | null;
    totalMs: number;
    bytes: number;
  }) => void;
  stage?: StageNote;
  connected?: (connection: Connection) => void;
}

interface RequestOptions extends ExchangeOptions {
  headers?: Record<string, string>;
  /** The URL as go writes it, where that differs from its own form. */
  written?: string;
}

/** Requests to one mirror and to where it redirects, one at a time, over as few connections as possible. */
export interface Session {
  request(method: 'HEAD' | 'GET', url: URL, options: RequestOptions): Promise<Reply>;
  /** Closes every connection at once. */
  close(): Promise<void>;
}

/** Opens a session. Requests fail with a `NetworkFailure`; an answer of any status is a reply. */
export function openSession(network: Network, events: SessionEvents = {}): Session {
  const origins = new Map<string, Origin>();
  /** Of the request that a connection is opened for. */
  let deadline: Deadline;

  const originOf = (url: URL): Origin => {
    const known =
      origins.get(url.origin) ??
      openOrigin(url.origin, { http1: 1, http2: 1 }, async () => {
        const connection = await openConnection(network, url, deadline, events.stage);
        events.connected?.(connection);
        return connection;
      });
    origins.set(url.origin, known);
    return known;
  };
  const once = async (method: 'HEAD' | 'GET', { url, login }: Hop, options: RequestOptions): Promise<Reply> => {
    const headers = {
      'user-agent': userAgent,
      ...sendable(login),
      ...options.headers,
    };
    const started = performance.now();
    let reply: Reply | null = null;
    deadline = options.deadline;
    try {
      reply = { ...(await exchange(originOf(url), { method, url, headers }, options)), url };
      return reply;
    } finally {
      const totalMs = reply?.totalMs ?? performance.now() - started;
      const [status, bytes] = [reply?.status ?? null, reply?.body.length ?? 0];
      events.request?.({ method, url: withoutLogin(url), status, totalMs, bytes });
    }
  };

  return {
    request: async (method, url, options) => {
      const {
        written,
        deadline: { signal },
      } = options;
      let asked = url;
      try {
        const ask = (hop: Hop): Promise<Reply> => {
          asked = hop.url;
          return once(method, hop, options);
        };
        return await askLoggedIn(network.logins, url, { written, signal, ask });
      } catch (error) {
        throw requestFailure(error, authorityOf(hostAndPort(asked)), { method, started: false, bytes: 0 });
      }
    },
    close: async () => {
      await Promise.all([...origins.values()].map(origin => origin.close()));
    },
  };
}
