import { domainToASCII } from 'node:url';
import type { Context } from '../context.ts';
import { trimSpace } from '../go-text.ts';
import { authorityOf, hostAndPort } from './address.ts';
import { type Login, loginOf } from './credentials.ts';
import { NetworkFailure } from './failure.ts';
import { type GoUrl, parseUrl } from './go-url.ts';
import { asFour, ipBytes, parseIp } from './ip.ts';

/** A proxy of the environment. */
export interface ProxyChoice {
  /** `http`, `https`, `socks5`, `socks5h`; any other is spoken to as `http` (net/http `dialConn`). */
  scheme: string;
  /** Without brackets. */
  host: string;
  port: number;
  login: Login | null;
  /** The variable that names it. */
  variable: string;
  /** As the variable has it, credentials included. */
  url: string;
}

/** Whether a proxy is asked by SOCKS5; all others speak HTTP. */
export function isSocks({ scheme }: ProxyChoice): boolean {
  return scheme === 'socks5' || scheme === 'socks5h';
}

const portOf: Readonly<Record<string, number>> = { http: 80, https: 443, socks5: 1080, socks5h: 1080 };

/**
 * The proxy for a URL, or null: as `httpproxy.Config.ProxyFunc` (golang.org/x/net/http/httpproxy), which go uses. Loopback hosts never
 * go through a proxy, whatever the variables say. A value that is no URL is ignored, as go does. Throws a `NetworkFailure` where go
 * refuses HTTP_PROXY, since a web server may have made it of a visitor's header `Proxy`.
 */
export function proxyFor(env: Context['env'], url: URL): ProxyChoice | null {
  const variable = proxyVariables(url).find(name => env[name]);
  const proxy = variable && parseProxy(env[variable]!);
  if (!variable || !proxy) return null;
  const { host, port } = hostAndPort(url);
  if (url.protocol === 'http:' && env.REQUEST_METHOD) {
    const words = 'refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy';
    throw new NetworkFailure('tcp', 'http-proxy-misconfigured', authorityOf({ host, port }), words);
  }
  const exceptions = env.NO_PROXY || env.no_proxy || '';
  return isExempt(exceptions, host, String(port)) ? null : { ...proxy, variable };
}

/** The variables in which go looks for a proxy to a URL, the first that is set counts. */
export const proxyVariables = ({ protocol }: URL): readonly string[] =>
  protocol === 'https:' ? ['HTTPS_PROXY', 'https_proxy'] : ['HTTP_PROXY', 'http_proxy'];

/**
 * Whether go reads another address from a proxy's value than stands in it: a user or a password with a character that has a meaning in a
 * URL (`#`, `/`, `?`, a blank, `%`) and is not escaped.
 */
export function isMisread(value: string): boolean {
  const [, rest] = /^[a-z][a-z0-9+.-]*:\/\/(.*)$/is.exec(value) ?? [];
  const at = rest?.lastIndexOf('@') ?? -1;
  if (rest === undefined || at < 0) return false;
  return !parseUrl(value).ok || /[/?#\s]/.test(rest.slice(0, at));
}

/** `host:port` alone means http. Null for what `net/url` refuses. */
function parseProxy(value: string): Omit<ProxyChoice, 'variable'> | null {
  const whole = parseUrl(value);
  const isWhole = whole.ok && whole.url.scheme !== '' && whole.url.host !== '';
  const bare = isWhole ? whole : parseUrl(`http://${value}`);
  // What names no host is a proxy nevertheless, and go fails with it when it connects.
  const parsed = bare.ok ? bare : whole;
  return parsed.ok ? choiceOf(parsed.url, value) : null;
}

function choiceOf({ scheme, host, userInfo }: GoUrl, value: string): Omit<ProxyChoice, 'variable'> {
  const [, name = '', port = ''] = /^(.*?)(?::(\d*))?$/.exec(host) ?? [];
  const plain = unescapedHost(name.replace(/^\[|\]$/g, ''));
  return {
    scheme,
    // Go dials an empty host as this machine.
    host: plain === '' ? 'localhost' : asciiName(plain),
    port: port === '' ? (portOf[scheme] ?? 0) : Number(port),
    login: userInfo === null ? null : loginOf(userInfo),
    url: value,
  };
}

/** A host may be written with percent escapes of what is no ASCII, and of the `%` before a zone. */
function unescapedHost(host: string): string {
  const bytes = Buffer.from(host, 'utf8').toString('latin1');
  const plain = bytes.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1').toString('utf8');
}

/** A name in the form that DNS has, as it is where it has none. */
function asciiName(name: string): string {
  return /^[\0-\x7f]*$/.test(name) ? name : domainToASCII(name) || name;
}

/** NO_PROXY as it was meant: hosts, without the scheme, login and path of a URL, and with commas between them. */
export const noProxyMeant = (exceptions: string): string =>
  exceptions
    .split(/[\s,;|]+/)
    .map(entry =>
      entry.replace(/^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/]*).*$/i, '$1').replace(/^([^/]*[a-z][^/]*)\/.*$/i, '$1'),
    )
    .join(',');

/** NO_PROXY: `*`, addresses, CIDR ranges, domains with or without a leading dot, each but a range with or without a port. */
function isExempt(exceptions: string, name: string, port: string): boolean {
  if (name === 'localhost') return true;
  const address = parseIp(name.replace(/%.*/, ''));
  if (address && (address.length === 4 ? address[0] === 127 : address.equals(loopback))) return true;
  const host = name.toLowerCase();
  const entries = exceptions.split(',').map(entry => trimSpace(entry).toLowerCase());
  return entries.includes('*') || entries.some(entry => exempts(entry, { host, port, address }));
}

const loopback = Buffer.from('00000000000000000000000000000001', 'hex');

interface Asked {
  host: string;
  port: string;
  address: Buffer | null;
}

function exempts(entry: string, { host, port, address }: Asked): boolean {
  const range = rangeOf(entry);
  if (range) return address !== null && range(address);
  const { name, only } = splitPort(entry);
  if (name === '') return false;
  const isPort = only === '' || only === port;
  const single = parseIp(name);
  if (single) return isPort && (address?.equals(single) ?? false);
  if (address) return false;
  const pattern = name.replace(/^\*\./, '.');
  const domain = asciiName(pattern.replace(/^\./, ''));
  return isPort && (host.endsWith(`.${domain}`) || (!pattern.startsWith('.') && host === domain));
}

/** `10.0.0.0/8`, as `net.ParseCIDR` and `IPNet.Contains`; null for what is no range. */
function rangeOf(entry: string): ((address: Buffer) => boolean) | null {
  const [, text = '', digits = ''] = /^([^/]*)\/(\d+)$/.exec(entry) ?? [];
  const written = ipBytes(text);
  if (!written || Number(digits) > written.length * 8) return null;
  const mask = maskOf(Number(digits), written.length);
  const network = asFour(masked(written, mask));
  const short = mask.subarray(mask.length - network.length);
  return address => address.length === network.length && masked(address, short).equals(network);
}

function maskOf(bits: number, length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, at) => 0xff00 >> Math.min(8, Math.max(0, bits - at * 8))));
}

const masked = (bytes: Buffer, mask: Buffer): Buffer => Buffer.from(bytes.map((byte, at) => byte & mask[at]!));

/** As `net.SplitHostPort`; what it refuses is a name as it stands. */
function splitPort(entry: string): { name: string; only: string } {
  const bracketed = entry.match(/^\[([^[\]]*)\]:([^:[\]]*)$/);
  if (bracketed) return { name: bracketed[1]!, only: bracketed[2]! };
  const plain = entry.match(/^([^:[\]]*):([^:[\]]*)$/);
  return plain ? { name: plain[1]!, only: plain[2]! } : { name: entry, only: '' };
}
