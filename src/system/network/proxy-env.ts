import { BlockList, isIP, isIPv4 } from 'node:net';
import type { Context } from '../context.ts';
import { type Login, loginOf } from './credentials.ts';

/** A proxy of the environment. */
export interface ProxyChoice {
  /** `http`, `https`, `socks5`, `socks5h`; any other is refused when it comes to connecting. */
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

const portOf: Readonly<Record<string, number>> = { http: 80, https: 443, socks5: 1080, socks5h: 1080 };

/**
 * The proxy for a URL, or null: as `httpproxy.Config.ProxyFunc` (golang.org/x/net/http/httpproxy), which go uses.
 * Loopback hosts never go through a proxy, whatever the variables say. A value that is no URL is ignored, as go does.
 */
export function proxyFor(env: Context['env'], url: URL): ProxyChoice | null {
  const names = url.protocol === 'https:' ? ['HTTPS_PROXY', 'https_proxy'] : ['HTTP_PROXY', 'http_proxy'];
  const variable = names.find(name => env[name]);
  const proxy = variable && parseProxy(env[variable]!);
  if (!variable || !proxy) return null;
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || isLoopback(host)) return null;
  const port = url.port || String(portOf[url.protocol.slice(0, -1)] ?? '');
  const exceptions = env.NO_PROXY || env.no_proxy || '';
  return isExempt(exceptions, host, port) ? null : { ...proxy, variable };
}

/**
 * Whether go reads another address from a proxy's value than stands in it: a user or a password with a character that has a meaning in a
 * URL (`#`, `/`, `?`, a blank, `%`) and is not escaped.
 */
export function isMisread(value: string): boolean {
  const [, rest] = /^[a-z][a-z0-9+.-]*:\/\/(.*)$/is.exec(value) ?? [];
  const at = rest?.lastIndexOf('@') ?? -1;
  if (rest === undefined || at < 0) return false;
  return parse(value) === null || /[/?#\s]/.test(rest.slice(0, at));
}

/** `host:port` alone means http. Null for what `net/url` refuses. */
function parseProxy(value: string): Omit<ProxyChoice, 'variable'> | null {
  const direct = parse(value);
  const proxy = direct && (direct.host || direct.portText !== null) ? direct : parse(`http://${value}`);
  if (!proxy) return parseHostless(value);
  const { host, portText, ...rest } = proxy;
  // Go dials an empty host as this machine.
  return { ...rest, host: host || 'localhost', port: portText ? Number(portText) : (portOf[rest.scheme] ?? 0) };
}

function parse(text: string): (Omit<ProxyChoice, 'variable' | 'port'> & { portText: string | null }) | null {
  const pattern = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#]*)@)?(\[[^\]]*\]|[^/?#:[\]]*)(?::(\d*))?(?:[/?#]|$)/i;
  const [, scheme, userInfo, host = '', port] = pattern.exec(text) ?? [];
  const isRefused =
    /[\u0000-\u001f\u007f]/.test(text) ||
    /%(?![0-9a-f]{2})/i.test(text.replace(/\?[^#]*/, '')) ||
    /[\s\\^`{}|%]/.test(host);
  if (!scheme || isRefused || !isUserInfo(userInfo ?? '') || !isAddressOrName(host)) return null;
  const kind = scheme.toLowerCase();
  return {
    scheme: kind,
    host: host.replace(/^\[|\]$/g, ''),
    portText: port ?? null,
    login: userInfo === undefined ? null : loginOf(userInfo),
    url: text,
  };
}

/** What `net/url` takes though it names no host: `word:word`, a path. Go then fails with it when it connects. */
function parseHostless(value: string): Omit<ProxyChoice, 'variable'> | null {
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\/\/)/i.exec(value)?.[1]?.toLowerCase() ?? '';
  const isPath = scheme !== '' || !/^[^/?#]*:|^\/\//.test(value);
  const isRefused = /[\u0000-\u001f\u007f]/.test(value) || /%(?![0-9a-f]{2})/i.test(value.replace(/\?[^#]*/, ''));
  if (!isPath || isRefused) return null;
  return { scheme, host: 'localhost', port: portOf[scheme] ?? 0, login: null, url: value };
}

function isUserInfo(text: string): boolean {
  return !/[^A-Za-z0-9\-._:~!$&'()*+,;=%@]/.test(text);
}

const isAddressOrName = (host: string): boolean => !host.startsWith('[') || isIP(host.slice(1, -1)) === 6;

/** Whether an address is one of this machine's own: 127.0.0.0/8 or ::1. */
function isLoopback(host: string): boolean {
  return /^127\./.test(host) ? isIPv4(host) : host === '::1' || /^::ffff:(127\.|7f)/.test(host);
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
function isExempt(exceptions: string, host: string, port: string): boolean {
  const entries = exceptions.split(',').map(entry => entry.trim().toLowerCase());
  return entries.includes('*') || entries.some(entry => exempts(entry, host, port));
}

function exempts(entry: string, host: string, port: string): boolean {
  const range = entry.match(/^([0-9a-f:.]+)\/(\d+)$/);
  if (range && isIP(range[1]!)) return inRange(host, range[1]!, Number(range[2]));
  const { name, only } = splitPort(entry);
  if (!name || (only && only !== port)) return false;
  if (isIP(name)) return inRange(host, name, isIPv4(name) ? 32 : 128);
  if (isIP(host)) return false;
  const suffix = name.replace(/^\*\./, '.');
  return suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

/** As `net.SplitHostPort`; what it refuses is a name as it stands. */
function splitPort(entry: string): { name: string; only: string } {
  const bracketed = entry.match(/^\[([^[\]]*)\]:([^:[\]]*)$/);
  if (bracketed) return { name: bracketed[1]!, only: bracketed[2]! };
  const plain = entry.match(/^([^:[\]]*):([^:[\]]*)$/);
  return plain ? { name: plain[1]!, only: plain[2]! } : { name: entry, only: '' };
}

function inRange(host: string, network: string, prefix: number): boolean {
  const family = isIPv4(network) ? 'ipv4' : 'ipv6';
  if (isIP(host) === 0 || network.includes('%') || prefix > (family === 'ipv4' ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return list.check(host.replace(/%.*/, ''), isIPv4(host) ? 'ipv4' : 'ipv6');
}
