import type { Readable } from 'node:stream';
import { userAgent } from '../../version.ts';
import { authorityOf, hostAndPort } from './address.ts';
import { type Network, openConnection } from './connection.ts';
import { type LoginHeaders, sendable } from './credentials.ts';
import { startDeadline } from './deadline.ts';
import type { Incoming } from './incoming.ts';
import { askLoggedIn } from './logged-in.ts';
import { type Limits, type Origin, openOrigin } from './origin.ts';
import { follow } from './redirect.ts';
import { requestFailure } from './request-failure.ts';

export interface GetOptions {
  headers?: Readonly<Record<string, string>>;
  /** On a connection of its own. */
  fresh?: boolean;
  /** Whether the body will keep its connection busy for long. */
  isLarge?: boolean;
  /** The URL as go writes it, where that differs from its own form: logins are compared with it. */
  written?: string;
}

/** GET requests as go would send them, many at a time, on connections that are shared by all who ask the same origin. */
export interface Client {
  /** The head of the answer that redirects lead to, its body as it arrives. Throws a `NetworkFailure`. */
  get(url: URL, signal: AbortSignal, options?: GetOptions): Promise<Incoming>;
  /** How many requests an origin (`https://host:port`) takes at a time. */
  parallel(origin: string): number;
  /** How many of an origin's connections that carry what is large have nothing to do. */
  idle(origin: string): number;
  close(): void;
}

const limits: Limits = { http1: 12, http2: 8 };
/** What a host is asked for at a time before it is known how it speaks. */
const firstRequests = 96;
/** How long a connection may take to be opened, TLS included, milliseconds. */
const connectMs = 15_000;

/** Opens what a run needs to send requests. `lifetime` ends everything that is under way. */
export function openClient(network: Network, lifetime: AbortSignal): Client {
  const origins = new Map<string, Origin>();
  const originOf = (url: URL): Origin => {
    const dial = async () => {
      const deadline = startDeadline(lifetime, connectMs);
      try {
        return await openConnection(network, url, deadline);
      } finally {
        deadline.clear();
      }
    };
    const known = origins.get(url.origin) ?? openOrigin(url.origin, limits, dial);
    origins.set(url.origin, known);
    return known;
  };
  /** The status of an answer to HEAD. */
  const head = async (url: string, login: LoginHeaders): Promise<number> => {
    const answer = await follow(
      new URL(url),
      login,
      hop => {
        const headers = { 'user-agent': userAgent, ...sendable(hop.login) };
        return originOf(hop.url).request({ method: 'HEAD', url: hop.url, headers }, lifetime);
      },
      ({ body }) => drain(body),
    );
    drain(answer.body);
    return answer.status;
  };
  return {
    async get(url, signal, { headers = {}, fresh = false, isLarge = false, written } = {}) {
      const own = { 'user-agent': userAgent, 'accept-encoding': 'identity' };
      let asked = url;
      try {
        return await askLoggedIn(network.logins, url, {
          written,
          signal,
          ask: hop => {
            asked = hop.url;
            const line = {
              method: 'GET',
              url: hop.url,
              headers: { ...own, ...sendable(hop.login), ...headers },
              isLarge,
            } as const;
            return originOf(hop.url).request(line, signal, { fresh });
          },
          drop: ({ body }) => drain(body),
          check: head,
        });
      } catch (error) {
        throw requestFailure(error, authorityOf(hostAndPort(asked)), { method: 'GET', started: false, bytes: 0 });
      }
    },
    parallel: origin => origins.get(origin)?.parallel ?? firstRequests,
    idle: origin => origins.get(origin)?.idle ?? 0,
    close: () => {
      for (const origin of origins.values()) void origin.close();
    },
  };
}

/** As much of a redirect's body as Go reads, so that its connection can be used again (net/http `maxBodySlurpSize`). */
const slurpBytes = 2048;
const slurpMs = 1000;

function drain(body: Readable): void {
  let left = slurpBytes;
  const timer = setTimeout(() => body.destroy(), slurpMs).unref();
  body.on('error', () => {});
  body.on('close', () => clearTimeout(timer));
  body.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) body.destroy();
  });
}
