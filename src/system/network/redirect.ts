import { untrusted } from '../text.ts';
import { authorityOf, hostAndPort } from './address.ts';
import { type LoginHeaders, withOwnLogin, withoutLogin } from './credentials.ts';
import { NetworkFailure } from './failure.ts';

/** One request of a chain of redirects. */
export interface Hop {
  url: URL;
  /** What logs it in; empty where nothing does. */
  login: LoginHeaders;
}

/** What net/http keeps from other hosts (client.go, `makeHeadersCopier`). */
const sensitive = new Set([
  'authorization',
  'www-authenticate',
  'cookie',
  'cookie2',
  'proxy-authorization',
  'proxy-authenticate',
]);

const statuses = new Set([301, 302, 303, 307, 308]);
/** As many requests as Go's client makes for one. */
const mostHops = 10;

/**
 * Asks for a URL and follows its redirects, as cmd/go/internal/web and net/http do: https never leads to http; a login that
 * headers carry goes on to the same host name and those below it, until the chain has left them, but headers that net/http does not know
 * for logins (`Private-Token`) go everywhere; one that stands in a URL stays with relative redirects; what a redirect names gets no login of
 * its own. Throws a `NetworkFailure` for a redirect that can't
 * be followed. `drop` lets go of an answer that only redirects.
 */
export async function follow<T extends { status: number; headers: Readonly<Record<string, string>> }>(
  first: URL,
  login: LoginHeaders,
  ask: (hop: Hop) => Promise<T>,
  drop: (answer: T) => void | Promise<void> = () => {},
): Promise<T> {
  let url = first;
  let carried = login;
  for (let hops = 1; ; hops += 1) {
    const answer = await ask({ url, login: withOwnLogin(url, carried) });
    const location = statuses.has(answer.status) ? answer.headers.location : undefined;
    if (!location) return answer;
    await drop(answer);
    const next = target(url, location);
    if (first.protocol === 'https:' && next.protocol === 'http:') {
      const words = `redirected from secure URL ${withoutLogin(url)} to insecure URL ${withoutLogin(next)}`;
      throw refused('insecure-http', url, words);
    }
    if (hops >= mostHops) throw refused('captive-or-html-response', url, 'stopped after 10 redirects');
    if (next.host !== first.host && !isBelow(next.hostname, first.hostname)) carried = withoutSensitive(carried);
    url = next;
  }
}

function target(from: URL, location: string): URL {
  const next = URL.canParse(location, from.href) ? new URL(location, from.href) : null;
  if (next && (next.protocol === 'https:' || next.protocol === 'http:')) return next;
  throw refused('captive-or-html-response', from, `bad redirect: ${location}`);
}

function withoutSensitive(headers: LoginHeaders): LoginHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !sensitive.has(name)));
}

/** The same name or one below it (net/http `isDomainOrSubdomain`); addresses have none below them. */
function isBelow(host: string, parent: string): boolean {
  return host === parent || (host.endsWith(`.${parent}`) && !/[:%]/.test(host));
}

function refused(cause: NetworkFailure['cause'], from: URL, words: string): NetworkFailure {
  return new NetworkFailure('http', cause, authorityOf(hostAndPort(from)), untrusted(words));
}
