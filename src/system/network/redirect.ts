import { domainToASCII } from 'node:url';
import { untrusted } from '../text.ts';
import { authorityOf, hostAndPort } from './address.ts';
import { type LoginHeaders, withOwnLogin, withoutLogin } from './credentials.ts';
import { NetworkFailure } from './failure.ts';
import { parseUrl } from './go-url.ts';

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
 * be followed. `drop` lets go of an answer that only redirects; `written` is the first URL as go writes it.
 */
export async function follow<T extends { status: number; headers: Readonly<Record<string, string>> }>(
  first: URL,
  login: LoginHeaders,
  ask: (hop: Hop) => Promise<T>,
  drop: (answer: T) => void | Promise<void> = () => {},
  written = first.href,
): Promise<T> {
  const firstName = nameIn(hostIn(written) || first.host);
  let url = first;
  let carried = login;
  for (let hops = 1; ; hops += 1) {
    const answer = await ask({ url, login: withOwnLogin(url, carried) });
    const location = statuses.has(answer.status) ? answer.headers.location : undefined;
    if (!location) return answer;
    await drop(answer);
    const { next, host } = target(url, location);
    if (first.protocol === 'https:' && next.protocol === 'http:') {
      const words = `redirected from secure URL ${withoutLogin(url)} to insecure URL ${withoutLogin(next)}`;
      throw refused('insecure-http', url, words);
    }
    if (hops >= mostHops) throw refused('captive-or-html-response', url, 'stopped after 10 redirects');
    if (host !== '' && !isBelow(nameIn(host), firstName)) carried = withoutSensitive(carried);
    url = next;
  }
}

/** Where a redirect leads, and the host that it names; empty where it stays. What go reads another host from than we would is refused. */
function target(from: URL, location: string): { next: URL; host: string } {
  const next = URL.canParse(location, from.href) ? new URL(location, from.href) : null;
  const host = hostIn(location);
  const isSame = host === '' ? next?.host === from.host : next?.hostname === hostnameOf(host ?? '');
  if (next && host !== null && isSame && /^https?:$/.test(next.protocol)) return { next, host };
  throw refused('captive-or-html-response', from, `bad redirect: ${location}`);
}

function withoutSensitive(headers: LoginHeaders): LoginHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !sensitive.has(name)));
}

/** The host of a URL as it is written, empty where it has none; upper and lower case are two hosts for go. Null for what is no URL. */
function hostIn(written: string): string | null {
  const parsed = parseUrl(written);
  if (!parsed.ok || (parsed.url.scheme !== '' && parsed.url.host === '')) return null;
  return parsed.url.host;
}

/** The host as we would ask for it; `0x7f.1` is a name for go, and no address. */
function hostnameOf(host: string): string {
  const name = nameIn(host);
  if (name.includes(':')) return URL.canParse(`http://[${name}]`) ? new URL(`http://[${name}]`).hostname : '';
  return /^[\0-\x7f]*$/.test(name) ? name.toLowerCase() : domainToASCII(name);
}

const nameIn = (host: string): string => host.replace(/:\d*$/, '').replace(/^\[|\]$/g, '');

/** The same name or one below it (net/http `isDomainOrSubdomain`); addresses have none below them. */
function isBelow(host: string, parent: string): boolean {
  return host === parent || (host.endsWith(`.${parent}`) && !/[:%]/.test(host));
}

function refused(cause: NetworkFailure['cause'], from: URL, words: string): NetworkFailure {
  return new NetworkFailure('http', cause, authorityOf(hostAndPort(from)), untrusted(words));
}
