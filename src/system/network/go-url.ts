import { isIPv4, isIPv6 } from 'node:net';
import { quote } from '../go-text.ts';
import { isHostByte, rewritten } from './url-escape.ts';

/** A URL as Go's `net/url` takes it apart. Every part is as written, percent escapes kept. */
export interface GoUrl {
  /** In lower case; empty where there is none. */
  scheme: string;
  /** What follows `scheme:` without a slash; empty but for such URLs. */
  opaque: string;
  /** `user:password`, or null without an `@`. */
  userInfo: string | null;
  /** `host` or `host:port`. */
  host: string;
  path: string;
  /** Without the `?`; null where there is none. */
  query: string | null;
  /** Without the `#`; empty where there is none. */
  fragment: string;
  /** `scheme:/path`: a scheme and a path, and no `//` between. */
  omitHost: boolean;
}

export type ParsedUrl = { ok: true; url: GoUrl } | { ok: false; message: string };

class UrlError extends Error {}

/** Takes a URL apart, or refuses it in Go's words, as `url.Parse` does (net/url/url.go of Go 1.26). */
export function parseUrl(raw: string): ParsedUrl {
  const [base, fragment] = cut(raw, '#');
  let parsing = base;
  try {
    const url = parseWithoutFragment(base);
    parsing = raw;
    checkEscapes(fragment ?? '', 'path');
    return { ok: true, url: { ...url, fragment: fragment ?? '' } };
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    return { ok: false, message: `parse ${quote(parsing)}: ${error.message}` };
  }
}

/** The same without a fragment and where a scheme or a path has to stand, as `url.ParseRequestURI`; null for what it refuses. */
export function parseRequestUri(raw: string): GoUrl | null {
  if (raw !== '*' && !/^(?:\/|[a-zA-Z][a-zA-Z0-9+.-]*:)/.test(raw)) return null;
  try {
    // Without a scheme even `//` begins a path.
    const [slashes = ''] = /^\/+/.exec(raw) ?? [];
    const url = parseWithoutFragment(raw.slice(Math.max(0, slashes.length - 1)));
    return { ...url, path: slashes.slice(1) + url.path, fragment: '' };
  } catch (error) {
    if (error instanceof UrlError) return null;
    throw error;
  }
}

/** As `URL.Redacted`: put together again as Go writes URLs, the password replaced. */
export function redactUrl(url: GoUrl): string {
  return writeUrl(url, 'xxxxx');
}

/** As `URL.String`: put together again as Go writes URLs; `shown` stands in for the password. */
export function writeUrl(url: GoUrl, shown?: string): string {
  const { scheme, opaque, userInfo, host, path, query, fragment, omitHost } = url;
  const [name, password] = cut(userInfo ?? '', ':');
  const secret = password === null ? '' : `:${shown ?? rewritten(password, 'user')}`;
  const user = userInfo === null ? '' : `${rewritten(name, 'user')}${secret}@`;
  const empty = !host && !user && (omitHost || !scheme || !path);
  const authority = empty ? '' : `//${user}${rewritten(host, 'host')}`;
  const place = opaque || `${authority}${path === '*' ? path : rewritten(path, 'path')}`;
  const anchor = fragment ? `#${rewritten(fragment, 'fragment')}` : '';
  return `${scheme ? `${scheme}:` : ''}${place}${query === null ? '' : `?${query}`}${anchor}`;
}

function parseWithoutFragment(raw: string): Omit<GoUrl, 'fragment'> {
  if (/[\u0000-\u001f\u007f]/.test(raw)) throw new UrlError('net/url: invalid control character in URL');
  const none = { scheme: '', opaque: '', userInfo: null, host: '', path: '', query: null, omitHost: false };
  if (raw === '*') return { ...none, path: '*' };
  if (raw.startsWith(':')) throw new UrlError('missing protocol scheme');
  const named = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(raw);
  const scheme = (named?.[1] ?? '').toLowerCase();
  const [rest, query] = cut(named ? raw.slice(named[0].length) : raw, '?');
  const start = { ...none, scheme, query };
  if (!rest.startsWith('/')) {
    if (scheme) return { ...start, opaque: rest };
    if (rest.split('/')[0]!.includes(':')) throw new UrlError('first path segment in URL cannot contain colon');
  }
  if (rest.startsWith('//') && (scheme || !rest.startsWith('///'))) {
    const slash = rest.indexOf('/', 2);
    const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
    const path = slash < 0 ? '' : rest.slice(slash);
    const at = authority.lastIndexOf('@');
    const host = authority.slice(at + 1);
    checkHost(scheme, host);
    const userInfo = at < 0 ? null : authority.slice(0, at);
    if (userInfo !== null) checkUserInfo(userInfo);
    checkEscapes(path, 'path');
    return { ...start, userInfo, host, path };
  }
  checkEscapes(rest, 'path');
  return { ...start, path: rest, omitHost: scheme !== '' && rest.startsWith('/') };
}

function checkUserInfo(info: string): void {
  if (/[^A-Za-z0-9\-._:~!$&'()*+,;=%@]/.test(info)) throw new UrlError('net/url: invalid userinfo');
  checkEscapes(info, 'path');
}

function checkHost(scheme: string, host: string): void {
  const bracket = host.lastIndexOf('[');
  if (bracket > 0) throw new UrlError('invalid IP-literal');
  if (bracket === 0) {
    checkIpLiteral(host);
    return;
  }
  const strict = scheme === 'http' || scheme === 'https';
  const colon = strict ? host.indexOf(':') : host.lastIndexOf(':');
  if (colon >= 0) checkPort(host.slice(colon));
  checkEscapes(host, 'host');
}

function checkIpLiteral(host: string): void {
  const close = host.lastIndexOf(']');
  if (close < 0) throw new UrlError("missing ']' in host");
  checkPort(host.slice(close + 1));
  const inside = host.slice(1, close);
  const zone = inside.indexOf('%25');
  const address = zone < 0 ? inside : inside.slice(0, zone);
  checkEscapes(address, 'host');
  if (zone >= 0) checkEscapes(inside.slice(zone), 'zone');
  if (isIPv4(address) && zone < 0) throw new UrlError('invalid IP-literal');
  const emptyZone = zone >= 0 && inside.length === zone + 3;
  if (!isIPv6(address) || address.includes('%') || emptyZone) {
    throw new UrlError(`invalid host: ParseAddr(${quote(inside.replace('%25', '%'))}): unable to parse IP`);
  }
}

function checkPort(port: string): void {
  if (port !== '' && !/^:[0-9]*$/.test(port)) throw new UrlError(`invalid port ${quote(port)} after host`);
}

function checkEscapes(text: string, part: 'path' | 'host' | 'zone'): void {
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '%') {
      const escaped = text.slice(at, at + 3);
      if (!/^%[0-9a-fA-F]{2}$/.test(escaped)) throw escapeError(text.slice(at));
      const byte = Number.parseInt(escaped.slice(1), 16);
      if (part === 'host' && byte < 0x80 && byte !== 0x25) throw escapeError(escaped);
      const plain = byte === 0x25 || byte === 0x20 || isHostByte(byte);
      if (part === 'zone' && !plain) throw escapeError(escaped);
      at += 2;
    } else if (part !== 'path' && !isHostByte(char.charCodeAt(0))) {
      throw new UrlError(`invalid character ${quote(char)} in host name`);
    }
  }
}

/** Go shows the first three bytes; a character of more bytes that is cut by that is shown as bytes. */
function escapeError(rest: string): UrlError {
  const bytes = Buffer.from(rest).subarray(0, 3);
  const whole = bytes.toString().replace(/\ufffd+$/, '');
  const broken = Array.from(bytes.subarray(Buffer.byteLength(whole)), byte => `\\x${byte.toString(16)}`);
  return new UrlError(`invalid URL escape ${quote(whole).slice(0, -1)}${broken.join('')}"`);
}

function cut(text: string, mark: string): [before: string, after: string | null] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}
