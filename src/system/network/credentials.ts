import { authorityOf, hostAndPort } from './address.ts';
import { NetworkFailure } from './failure.ts';

/** A name and a password as bytes: percent escapes may stand for what is no UTF-8. */
export interface Login {
  user: Buffer;
  password: Buffer;
}

/** Headers that log a request in, names in lower case; most often `authorization` alone. */
export type LoginHeaders = Readonly<Record<string, string | string[]>>;

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

/** What a request to a URL carries: the headers given, and the login in the URL where these have none (net/http `send`). */
export function withOwnLogin({ username, password }: URL, headers: LoginHeaders): LoginHeaders {
  if (headers.authorization || !(username || password)) return headers;
  return { ...headers, authorization: basic(loginOf(`${username}:${password}`)) };
}

/** Headers of a login as they are sent: what belongs to the connection or the body is none of a login's. */
export function sendable(headers: LoginHeaders): LoginHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.test(name)));
}

const ofConnection =
  /^(?:host|connection|keep-alive|proxy-connection|transfer-encoding|te|trailer|upgrade|content-length|accept-encoding|range)$/;

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
