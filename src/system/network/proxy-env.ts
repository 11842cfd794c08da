import { BlockList, isIP, isIPv4 } from 'node:net';
import type { Context } from '../context.ts';

export interface ProxyChoice {
  /** The proxy to go through. */
  url: URL;
  /** The variable that names it. */
  variable: string;
}

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * The HTTP proxy for a URL, or null: as `httpproxy.Config.ProxyFunc` (golang.org/x/net/http/httpproxy), which go uses.
 * Loopback hosts never go through a proxy, whatever the variables say. A value that is no URL is ignored, as go does.
 */
export function proxyFor(env: Context['env'], url: URL): ProxyChoice | null {
  const names = url.protocol === 'https:' ? ['HTTPS_PROXY', 'https_proxy'] : ['HTTP_PROXY', 'http_proxy'];
  const variable = names.find(name => env[name]);
  const proxy = variable && parseProxy(env[variable]!);
  if (!variable || !proxy) return null;
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || isLoopback(host)) return null;
  const port = url.port || defaultPorts[url.protocol]!;
  const exceptions = (env.NO_PROXY || env.no_proxy || '').split(',');
  return exceptions.some(entry => exempts(entry.trim().toLowerCase(), host, port)) ? null : { url: proxy, variable };
}

/** `host:port` alone means http. */
function parseProxy(value: string): URL | null {
  const direct = parse(value);
  return direct?.host ? direct : parse(`http://${value}`);
}

function parse(value: string): URL | null {
  try {
    return new URL(value);
  } catch {
    return null;
  }
}

/** Whether an address is one of this machine's own: 127.0.0.0/8 or ::1. */
export function isLoopback(host: string): boolean {
  return /^127\./.test(host) ? isIPv4(host) : host === '::1' || /^::ffff:(127\.|7f)/.test(host);
}

/** One entry of NO_PROXY: `*`, an address, a CIDR range, a domain with or without a leading dot, each with or without a port. */
function exempts(entry: string, host: string, port: string): boolean {
  if (!entry) return false;
  if (entry === '*') return true;
  const range = entry.match(/^([0-9a-f:.]+)\/(\d+)$/);
  if (range && isIP(range[1]!)) return isIP(host) > 0 && inRange(host, range[1]!, Number(range[2]));
  const { name, only } = splitPort(entry);
  if (!name || (only && only !== port)) return false;
  if (isIP(name)) return isIP(host) > 0 && inRange(host, name, isIPv4(name) ? 32 : 128);
  if (isIP(host)) return false;
  const suffix = name.replace(/^\*\./, '.');
  return suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

function splitPort(entry: string): { name: string; only: string } {
  const bracketed = entry.match(/^\[([^\]]*)\](?::(.*))?$/);
  if (bracketed) return { name: bracketed[1]!, only: bracketed[2] ?? '' };
  if (isIP(entry)) return { name: entry, only: '' };
  const plain = entry.match(/^([^:]*):([^:]*)$/);
  return plain ? { name: plain[1]!, only: plain[2]! } : { name: entry, only: '' };
}

function inRange(host: string, network: string, prefix: number): boolean {
  const family = isIPv4(network) ? 'ipv4' : 'ipv6';
  if (prefix > (family === 'ipv4' ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return list.check(host, isIPv4(host) ? 'ipv4' : 'ipv6');
}
