import type { Client } from 'undici';
import { userAgent } from '../../version.ts';
import { maskSecrets } from '../secrets.ts';
import { untrusted } from '../text.ts';
import {
  authorityOf,
  type Connection,
  hostAndPort,
  type Network,
  openConnection,
  type StageNote,
} from './connection.ts';
import type { Deadline } from './deadline.ts';
import { type Exchanged, type ExchangeOptions, exchange } from './exchange.ts';
import { NetworkFailure } from './failure.ts';
import { basic, netrcAuthorization } from './netrc.ts';
import { proxyFor } from './proxy-env.ts';
import { proxyAuthorization } from './tunnel.ts';

export interface Reply extends Exchanged {
  protocol: 'HTTP/1.1' | 'HTTP/2.0';
  /** The URL that answered in the end, credentials left out. */
  url: URL;
}

export interface SessionEvents {
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

export interface RequestOptions extends ExchangeOptions {
  headers?: Record<string, string>;
}

/** Requests to one mirror and to where it redirects, one at a time, over as few connections as possible. */
export interface Session {
  request(method: 'HEAD' | 'GET', url: URL, options: RequestOptions): Promise<Reply>;
  /** Closes every connection at once. */
  close(): Promise<void>;
}

const redirects = new Set([301, 302, 303, 307, 308]);

/** Opens a session. Requests fail with a `NetworkFailure`; an answer of any status is a reply. */
export async function openSession(network: Network, events: SessionEvents = {}): Promise<Session> {
  const { Client } = await import('undici');
  const clients = new Map<string, Client>();
  const protocols = new Map<string, Reply['protocol']>();

  const clientFor = (url: URL, current: { deadline: Deadline }): Client => {
    const known = clients.get(url.origin);
    if (known) return known;
    const client = new Client(url.origin, {
      allowH2: true,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 60_000,
      // As Go's client (transportDefaultStreamFlow, transportDefaultConnFlow): smaller ones would be the limit on a long line.
      initialWindowSize: 4 << 20,
      connectionWindowSize: 1 << 30,
      connect: (_, callback) => {
        openConnection(network, url, waiting.get(url.origin) ?? current.deadline, events.stage).then(
          connection => {
            events.connected?.(connection);
            const negotiated = (connection.socket as { alpnProtocol?: unknown }).alpnProtocol;
            protocols.set(url.origin, negotiated === 'h2' ? 'HTTP/2.0' : 'HTTP/1.1');
            callback(null, connection.socket);
          },
          (error: Error) => callback(error, null),
        );
      },
    });
    clients.set(url.origin, client);
    return client;
  };
  /** The deadline of the request that a connection is opened for. */
  const waiting = new Map<string, Deadline>();

  const once = async (method: 'HEAD' | 'GET', url: URL, authorization: string | null, options: RequestOptions) => {
    const started = performance.now();
    let reply: (Exchanged & { url: URL }) | null = null;
    waiting.set(url.origin, options.deadline);
    try {
      const client = clientFor(url, options);
      const path = plainProxyFor(network, url) ? shown(url) : `${url.pathname}${url.search}`;
      const headers = headersFor(network, url, authorization, options);
      reply = { ...(await exchange(client, { method, path, headers }, url, options)), url };
      return { ...reply, protocol: protocols.get(url.origin) ?? 'HTTP/1.1' } satisfies Reply;
    } finally {
      const totalMs = reply?.totalMs ?? performance.now() - started;
      events.request?.({
        method,
        url: shown(url),
        status: reply?.status ?? null,
        totalMs,
        bytes: reply?.body.length ?? 0,
      });
    }
  };

  return {
    request: async (method, url, options) => {
      if (url.protocol === 'http:' && url.username) {
        const words = `refusing to pass credentials to insecure URL: ${maskSecrets(url.href)}`;
        throw new NetworkFailure('http', 'insecure-http', authorityOf(hostAndPort(url)), words);
      }
      const own = authorizationOf(network, url);
      let current = url;
      for (let hop = 0; ; hop++) {
        const authorization = current === url || sameSite(current, url) ? own : authorizationOf(network, current);
        const reply = await once(method, current, authorization, options);
        const next = redirects.has(reply.status) ? reply.headers.location : undefined;
        if (!next) return reply;
        current = await followed(current, next, hop);
      }
    },
    close: async () => {
      await Promise.all([...clients.values()].map(client => client.destroy().catch(() => {})));
    },
  };
}

/** Where a redirect leads, with the refusals of cmd/go/internal/web/http.go. */
async function followed(from: URL, location: string, hop: number): Promise<URL> {
  const target = authorityOf(hostAndPort(from));
  const next = URL.canParse(location, from.href) ? new URL(location, from) : null;
  if (!next || (next.protocol !== 'https:' && next.protocol !== 'http:')) {
    throw new NetworkFailure('http', 'captive-or-html-response', target, untrusted(`bad redirect: ${location}`));
  }
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    const words = `redirected from secure URL ${shown(from)} to insecure URL ${shown(next)}`;
    throw new NetworkFailure('http', 'insecure-http', target, untrusted(words));
  }
  if (hop >= 9) throw new NetworkFailure('http', 'captive-or-html-response', target, 'stopped after 10 redirects');
  return next;
}

function authorizationOf(network: Network, url: URL): string | null {
  if (url.username) return basic(decodeURIComponent(url.username), decodeURIComponent(url.password));
  return netrcAuthorization(network.netrc, url);
}

/** Go hands credentials on to the same host and to hosts below it (net/http `shouldCopyHeaderOnRedirect`). */
function sameSite(next: URL, first: URL): boolean {
  return next.host === first.host || next.hostname.endsWith(`.${first.hostname}`);
}

function headersFor(network: Network, url: URL, authorization: string | null, options: RequestOptions) {
  const proxy = plainProxyFor(network, url);
  const proxyCredentials = proxy && proxyAuthorization(proxy);
  return {
    'user-agent': userAgent,
    ...(authorization ? { authorization } : {}),
    ...(proxyCredentials ? { 'proxy-authorization': proxyCredentials } : {}),
    ...options.headers,
  };
}

/** An HTTP proxy is told the whole URL of a plain http request; there is no tunnel then. */
function plainProxyFor(network: Network, url: URL): URL | null {
  const proxy = url.protocol === 'http:' ? proxyFor(network.context.env, url)?.url : undefined;
  return proxy && /^https?:$/.test(proxy.protocol) ? proxy : null;
}

/** A URL as it may be shown: without credentials. */
function shown(url: URL): string {
  const bare = new URL(url.href);
  bare.username = '';
  bare.password = '';
  return bare.href;
}
