import type { Network } from '../../system/network/connection.ts';
import { basic, netrcAuthorization } from '../../system/network/netrc.ts';
import { userAgent } from '../../version.ts';
import { type Origin, openOrigin } from './origin.ts';
import { header, type Reply } from './reply.ts';

/** What a host is asked for at a time before it is known how it speaks. */
const firstRequests = 96;
/** As many as Go's client follows. */
const maxRedirects = 10;

export interface FetchOptions {
  headers?: Readonly<Record<string, string>>;
  /** On a connection of its own. */
  fresh?: boolean;
}

/** Sends GET requests as go would, on connections that are shared by all who ask the same origin. */
export interface Fetcher {
  /** Follows redirects; https never leads to http, and credentials stay with their host. */
  get(url: URL, signal: AbortSignal, options?: FetchOptions): Promise<Reply>;
  /** How many requests the host of a URL takes at a time. */
  parallel(url: string): number;
  close(): void;
}

/** Opens what a run needs to send requests. `lifetime` ends everything that is under way. */
export function createFetcher(network: Network, lifetime: AbortSignal): Fetcher {
  const origins = new Map<string, Origin>();
  const authorization = (url: URL): string | null =>
    url.username
      ? basic(decodeURIComponent(url.username), decodeURIComponent(url.password))
      : netrcAuthorization(network.netrc, url);
  const originOf = (url: URL): Origin => {
    const known = origins.get(url.origin) ?? openOrigin(network, new URL(url.origin), lifetime);
    origins.set(url.origin, known);
    return known;
  };
  const once = (url: URL, signal: AbortSignal, login: string | null, { headers, fresh }: FetchOptions) =>
    originOf(url).get(
      url,
      {
        'user-agent': userAgent,
        'accept-encoding': 'identity',
        ...(login ? { authorization: login } : {}),
        ...headers,
      },
      signal,
      fresh,
    );
  return {
    async get(url, signal, options = {}) {
      if (url.protocol === 'http:' && url.username) {
        throw new Error(`refusing to pass credentials to insecure URL: ${url.origin}`);
      }
      const login = authorization(url);
      let target = url;
      for (let hops = 0; hops <= maxRedirects; hops += 1) {
        const reply = await once(target, signal, target.host === url.host ? login : null, options);
        const next = redirectOf(reply);
        if (!next) return { ...reply, url: target };
        reply.body.on('error', () => {}).destroy();
        if (target.protocol === 'https:' && next.protocol !== 'https:') {
          throw new Error(`redirected from secure URL ${target.origin} to insecure URL ${next.origin}`);
        }
        target = next;
      }
      throw new Error('stopped after 10 redirects');
    },
    parallel: url => origins.get(URL.canParse(url) ? new URL(url).origin : '')?.parallel ?? firstRequests,
    close: () => {
      for (const origin of origins.values()) origin.close();
    },
  };
}

function redirectOf(reply: Reply): URL | null {
  if (![301, 302, 303, 307, 308].includes(reply.status)) return null;
  const location = header(reply, 'location');
  if (!location || !URL.canParse(location, reply.url.href)) return null;
  const next = new URL(location, reply.url.href);
  return next.protocol === 'https:' || next.protocol === 'http:' ? next : null;
}
