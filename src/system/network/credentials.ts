import { authorityOf, hostAndPort } from './address.ts';
import { NetworkFailure } from './failure.ts';
import { type Netrc, netrcLoginFor } from './netrc.ts';

/** A name and a password as bytes: percent escapes may stand for what is no UTF-8. */
export interface Login {
  user: Buffer;
  password: Buffer;
}

/** The login of a URL's `user:password`, as it is written there. */
export function loginOf(userInfo: string): Login {
  const colon = userInfo.indexOf(':');
  return {
    user: unescaped(colon < 0 ? userInfo : userInfo.slice(0, colon)),
    password: unescaped(colon < 0 ? '' : userInfo.slice(colon + 1)),
  };
}

/** The value of an `Authorization` header of the Basic kind. */
export function basic({ user, password }: Login): string {
  return `Basic ${Buffer.concat([user, Buffer.from(':'), password]).toString('base64')}`;
}

/** The header that the login in a URL makes (net/http `send`), or null without one. */
export function ownAuthorization({ username, password }: URL): string | null {
  return username || password ? basic(loginOf(`${username}:${password}`)) : null;
}

/**
 * The header that netrc gives for the first request to a URL, or null; what a redirect leads to gets none of its own (cmd/go/internal/auth
 * `AddCredentials`). `authority`: the host as it was written, with a port that is the default and in its own case, as go compares it.
 */
export function netrcAuthorization(netrc: Netrc, url: URL, authority = url.host): string | null {
  // With a login of its own the URL does not begin with the name of a machine.
  const hasOwn = Boolean(url.username || url.password);
  if (url.protocol !== 'https:' || (hasOwn && !netrc.byHost)) return null;
  const login = netrcLoginFor(netrc, `${authority}${url.pathname}${url.search}`);
  return login && basic({ user: Buffer.from(login.login), password: Buffer.from(login.password) });
}

/** Go sends no login over plain http (cmd/go/internal/web/http.go `get`). Throws a `NetworkFailure`. */
export function refuseInsecureLogin(url: URL): void {
  if (url.protocol !== 'http:' || !(url.username || url.password)) return;
  const shown = new URL(url.href);
  if (shown.password) shown.password = 'xxxxx';
  const words = `refusing to pass credentials to insecure URL: ${shown.href}`;
  throw new NetworkFailure('http', 'insecure-http', authorityOf(hostAndPort(url)), words);
}

/** A URL as it may be shown, and as it is asked of a proxy: without its login. */
export function withoutLogin(url: URL): string {
  const bare = new URL(url.href);
  bare.username = '';
  bare.password = '';
  bare.hash = '';
  return bare.href;
}

/** Byte by byte: `decodeURIComponent` throws for what is no UTF-8. */
function unescaped(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  return Buffer.from(
    bytes.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}
