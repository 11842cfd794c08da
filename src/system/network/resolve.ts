import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Context } from '../context.ts';
import type { Deadline } from './deadline.ts';
import { orAborted } from './deadline.ts';
import { codeOf, NetworkFailure } from './failure.ts';
import { hostsFileAddresses } from './hosts-file.ts';
import { readResolverSettings } from './resolver-settings.ts';

/** How long the other family's answer is waited for after the first (RFC 8305, Go's own fallback delay). */
const otherFamilyMs = 300;

/**
 * The addresses of a host in the order in which to try them. Asks the hosts file and then DNS itself: four hanging names fill
 * libuv's thread pool, so that `getaddrinfo` would stop healthy names and the end of the process too.
 * Throws a `NetworkFailure` of stage `dns`; its detail names the DNS server.
 */
export async function resolveHost(context: Context, host: string, deadline: Deadline): Promise<string[]> {
  if (isIP(host.replace(/%.*/, ''))) return [host];
  const named = await hostsFileAddresses(context, host);
  if (named.length > 0) return inOrder(named);
  if (/^(.+\.)?localhost\.?$/i.test(host)) return ['127.0.0.1', '::1'];
  const settings = await readResolverSettings(context);
  const resolver = new Resolver({ timeout: 1500, tries: 4 });
  if (context.dnsServers) resolver.setServers([...context.dnsServers]);
  const servers = resolver.getServers().join(', ') || 'no DNS server';
  const late = (): NetworkFailure =>
    new NetworkFailure('dns', 'dns-failure', host, `lookup ${host} on ${servers}: no answer (i/o timeout)`);
  try {
    let refusal = '';
    for (const name of candidates(host, settings.search, settings.ndots)) {
      const answer = await orAborted(ask(resolver, name), deadline.signal, late);
      if (answer.addresses.length > 0) return inOrder(answer.addresses);
      refusal ||= answer.refusal;
    }
    // mDNS and other sources of the system. Only after DNS has answered at once, so that this cannot hang for its sake.
    const elsewhere = settings.asksMore || !host.includes('.') || /\.local\.?$/i.test(host);
    if (elsewhere && !context.dnsServers) {
      const found = await orAborted(lookup(host, { all: true }), deadline.signal, late).catch(() => []);
      if (found.length > 0) return inOrder(found.map(entry => entry.address));
    }
    const words = refusal || 'no such host';
    throw new NetworkFailure('dns', 'dns-failure', host, `lookup ${host} on ${servers}: ${words}`);
  } finally {
    resolver.cancel();
  }
}

/** The names to ask for, in order: as the C library and Go do with `search` and `ndots`. */
function candidates(host: string, search: readonly string[], ndots: number): string[] {
  if (host.endsWith('.')) return [host.slice(0, -1)];
  const longer = search.map(domain => `${host}.${domain}`);
  return host.split('.').length - 1 >= ndots ? [host, ...longer] : [...longer, host];
}

interface Answer {
  addresses: string[];
  /** Why there is none, in Go's words; empty for "no such host". */
  refusal: string;
}

async function ask(resolver: Resolver, name: string): Promise<Answer> {
  const failures: unknown[] = [];
  const noted = (error: unknown): string[] => {
    failures.push(error);
    return [];
  };
  const queries = [resolver.resolve4(name).catch(noted), resolver.resolve6(name).catch(noted)];
  const first = await Promise.race(queries.map((query, index) => query.then(found => ({ found, index }))));
  const other = queries[1 - first.index]!;
  if (first.found.length === 0) return { addresses: await other, refusal: refusalOf(failures) };
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<string[]>(resolve => {
    timer = setTimeout(resolve, otherFamilyMs, []);
  });
  const second = await Promise.race([other, enough]);
  clearTimeout(timer);
  return { addresses: first.index === 0 ? [...first.found, ...second] : [...second, ...first.found], refusal: '' };
}

function refusalOf(failures: readonly unknown[]): string {
  const codes = failures.map(codeOf);
  if (codes.includes('ETIMEOUT') || codes.includes('ECANCELLED')) return 'no answer (i/o timeout)';
  if (codes.includes('ECONNREFUSED')) return 'connection refused';
  if (codes.some(code => ['ESERVFAIL', 'EREFUSED', 'ENOTIMP', 'EFORMERR', 'EBADRESP'].includes(code))) {
    return 'server misbehaving';
  }
  return '';
}

/** IPv6 first where this machine has a global IPv6 address, else last, as Go's sorting by RFC 6724 comes out. */
function inOrder(addresses: readonly string[]): string[] {
  const sixFirst = Object.values(networkInterfaces())
    .flat()
    .some(each => each?.family === 'IPv6' && !each.internal && !/^fe80/i.test(each.address));
  const six = addresses.filter(address => address.includes(':'));
  const four = addresses.filter(address => !address.includes(':'));
  return sixFirst ? [...six, ...four] : [...four, ...six];
}
