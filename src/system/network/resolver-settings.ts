import { readFile } from 'node:fs/promises';
import type { Context } from '../context.ts';

export interface ResolverSettings {
  /** Domains that a short name is tried with. */
  search: string[];
  /** A name with fewer dots is tried with the search domains first. */
  ndots: number;
  /** Whether the system asks more than the hosts file and DNS (mDNS, LDAP ...), so that "no such host" is not its last word. */
  asksMore: boolean;
}

/** What `/etc/resolv.conf` and `/etc/nsswitch.conf` say beside the servers, which c-ares reads itself. */
export async function readResolverSettings({ platform }: Context): Promise<ResolverSettings> {
  if (platform === 'win32' || platform === 'darwin') return { search: [], ndots: 1, asksMore: true };
  const [resolv, nsswitch] = await Promise.all(
    ['/etc/resolv.conf', '/etc/nsswitch.conf'].map(path => readFile(path, 'utf8').catch(() => '')),
  );
  const sources = nsswitch!.match(/^\s*hosts:(.*)$/m)?.[1] ?? 'files dns';
  const others = sources
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/#.*/, '')
    .split(/\s+/)
    .filter(source => source && source !== 'files' && source !== 'dns');
  return { ...parseResolvConf(resolv!), asksMore: others.length > 0 };
}

/** The last `search` or `domain` line counts, as in resolv.conf(5). */
function parseResolvConf(text: string): Pick<ResolverSettings, 'search' | 'ndots'> {
  let search: string[] = [];
  let ndots = 1;
  for (const line of text.split('\n')) {
    const [key, ...values] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/);
    if (key === 'search' || key === 'domain') search = values.map(domain => domain.replace(/\.$/, '')).filter(Boolean);
    const dots = key === 'options' ? values.find(value => /^ndots:\d+$/.test(value)) : undefined;
    if (dots) ndots = Math.min(15, Number(dots.slice(6)));
  }
  return { search, ndots };
}
