import { isIPv4 } from 'node:net';
import type { Stage } from '../system/network/failure.ts';
import { NetworkFailure } from '../system/network/failure.ts';
import { type GoUrl, parseUrl, redactUrl, writeUrl } from '../system/network/go-url.ts';
import { rewritten } from '../system/network/url-escape.ts';

/**
 * The URL of a file below an entry of GOPROXY, as `newProxyRepo` and `getBody` make it (cmd/go/internal/modfetch/proxy.go): the
 * path is cleaned, the query of the entry stays. `path` is as `ProxyFile` has it, not percent-encoded. Throws a `NetworkFailure` with
 * what go says for a value that it takes and then can't ask: no host, a port that is none, a host that is no name.
 */
export function urlBelow(base: string, path: string): URL {
  const parsed = parseUrl(base);
  if (!parsed.ok) throw new NetworkFailure('http', 'goproxy-malformed', base, parsed.message);
  const { url } = parsed;
  const below = [...cleaned(rewritten(url.path, 'path')), ...path.split('/').map(escapeSegment)].join('/');
  if (url.scheme === 'file') return new URL(`file:///${below}`);
  const found = placeOf(url);
  found.pathname = `/${below}`;
  found.search = url.query ?? '';
  return found;
}

/** A URL that `urlBelow` made, as go writes it: with the login and the host of the entry as they stand there. */
export function writtenBelow(base: string, { pathname, search }: URL): string {
  const parsed = parseUrl(base);
  if (!parsed.ok) return '';
  const host = parsed.url.host.replace(/:$/, '');
  return `${writeUrl({ ...parsed.url, host, path: '', query: null, fragment: '' })}${pathname}${search}`;
}

/** The host of an entry of GOPROXY as it was written. */
export function authorityIn(base: string): string {
  const parsed = parseUrl(base);
  return parsed.ok ? parsed.url.host : '';
}

/** Scheme, login and host of a URL as go connects to it. */
function placeOf(url: GoUrl): URL {
  const { scheme, userInfo, host } = url;
  const [name, port] = splitHost(host);
  if (name === '') throw refused('http', 'goproxy-malformed', redactUrl(url), 'http: no Host in request URL');
  if (Number(port) > 0xffff) {
    throw refused('tcp', 'goproxy-malformed', host, `dial tcp: address ${port}: invalid port`);
  }
  const text = `${scheme}://${userInfo === null ? '' : `${userInfo}@`}${host}`;
  const found = URL.canParse(text) ? new URL(text) : null;
  // Here `1.2` is no name but an address, 1.0.0.2; for go it is a name that nobody has.
  if (found && (!isIPv4(found.hostname) || found.hostname === name)) return found;
  if (name.includes('%25')) throw refused('tcp', 'network-unreachable', host, 'dial tcp: an address with a zone');
  throw refused('dns', 'dns-failure', name, `lookup ${name}: no such host`);
}

function refused(stage: Stage, cause: NetworkFailure['cause'], target: string, words: string): NetworkFailure {
  return new NetworkFailure(stage, cause, target, words);
}

function splitHost(host: string): [name: string, port: string] {
  const [, name = host, port = ''] = /^(.*?)(?::(\d*))?$/.exec(host) ?? [];
  return [name, port];
}

/** As `path.Join` cleans a path: no empty elements, no dots. */
function cleaned(path: string): string[] {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return kept;
}

/** As `url.PathEscape` (net/url): more is escaped than `encodeURIComponent` does, `!` too, and `$&+:=@` are not. */
function escapeSegment(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%(?:24|26|2B|3A|3D|40)/g, decodeURIComponent);
}
