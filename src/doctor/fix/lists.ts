import { type ProxyEntry, parseGoproxy, unusedProxies } from '../../go/goproxy.ts';
import { insteadOf, isGatekeeper, namesGatekeeper, namesHost, trustIn } from '../../mirrors/gatekeepers.ts';
import type { MirrorProbe } from '../../probe/result.ts';
import type { DoctorFacts } from '../facts.ts';

/**
 * Values of GOPROXY to try in place of the one in effect, the gentlest first. Only public mirrors stand in for public mirrors; a
 * gatekeeper keeps its place and what stands behind it, and beside one nothing is left out.
 */
export function listsToTry(facts: DoctorFacts, value: string): string[] {
  const { known } = facts;
  const parsed = parseGoproxy(value);
  const entries = parsed.ok ? parsed.entries.filter(({ url }) => url === null || namesHost(url)) : [];
  const guarded = namesGatekeeper(value, known);
  if (!parsed.ok && guarded) return [];
  const proxies = entries.filter(({ kind }) => kind === 'proxy');
  const healthy = healthyMirrors(facts).filter(({ url }) => !proxies.some(proxy => isSame(proxy.url!, url)));
  const broken = proxies.filter(entry => isBroken(entry, facts));
  const sound = proxies.filter(entry => !broken.includes(entry));
  const instead = withInstead(entries, facts);
  const lists = instead === null ? [] : [instead];
  const unused = unusedProxies(value);
  const last = entries.at(-1);
  // The user's own mirrors, which go never comes to, before what ends the list.
  if (guarded && unused.length > 0 && last?.kind !== 'proxy')
    return [
      joined([
        ...entries.slice(0, -1),
        ...unused.map(entry => ({ ...entry, fallsBackOn: 'not-found' as const })),
        last!,
      ]),
    ];
  if (guarded) {
    for (const { url } of broken.length > 0 ? healthy : []) lists.push(joined(replaced(entries, broken, url)));
    return lists;
  }
  const tail = tailOf(entries);
  if (sound.length > 0 && broken.length > 0) lists.push(`${joined(sound)}${tail}`);
  for (const { url } of healthy) {
    lists.push(`${url}${tail}`);
    if (sound.length > 0) lists.push(`${joined(sound)},${url}${tail}`);
  }
  return [...new Set(lists)];
}

/** The public mirrors that were proven in this run, the fastest first. */
export function healthyMirrors({ mirrors, known }: Pick<DoctorFacts, 'mirrors' | 'known'>): MirrorProbe[] {
  const usable = mirrors.filter(
    ({ url, status, content, cause }) =>
      trustIn(known, url) === 'public' &&
      status !== 'fail' &&
      content.verified !== false &&
      cause !== 'mirror-not-found-404-410',
  );
  const rank = ({ status, checksumDatabase, score }: MirrorProbe): number =>
    (status === 'ok' ? 1000 : 0) + (checksumDatabase.verified ? 500 : 0) + (score ?? 0);
  return usable.sort((a, b) => rank(b) - rank(a));
}

/** A public mirror that failed in this run, or one that is gone: what another may stand in for. */
function isBroken({ url }: ProxyEntry, { mirrors, known }: DoctorFacts): boolean {
  if (isGatekeeper(known, url!)) return false;
  return insteadOf(known, url!) !== null || mirrors.some(probe => probe.url === url && probe.status === 'fail');
}

/** The list with the mirrors that are gone replaced by those that the catalogue names in their place; null where none is gone. */
function withInstead(entries: readonly ProxyEntry[], { known }: DoctorFacts): string | null {
  const changed = entries.map(entry => {
    const instead = entry.url === null ? null : insteadOf(known, entry.url);
    return instead ? { ...entry, text: instead.url! } : entry;
  });
  return changed.every((entry, at) => entry === entries[at]) ? null : joined(changed);
}

/** The first of the broken gives its place to another mirror, further ones go; everything else stays where it stands. */
function replaced(entries: readonly ProxyEntry[], broken: readonly ProxyEntry[], url: string): ProxyEntry[] {
  return entries
    .filter(entry => entry === broken[0] || !broken.includes(entry))
    .map(entry => (entry === broken[0] ? { ...entry, text: url } : entry));
}

/** What stands behind the mirrors stays; a value without any mirror gets what Go's own default has. */
function tailOf(entries: readonly ProxyEntry[]): string {
  const last = entries.at(-1);
  if (!last || (entries.length === 1 && last.kind !== 'proxy')) return ',direct';
  if (last.kind === 'proxy') return '';
  return `${separator(entries.at(-2)!)}${last.text}`;
}

const separator = ({ fallsBackOn }: ProxyEntry): string => (fallsBackOn === 'any-error' ? '|' : ',');

const joined = (entries: readonly ProxyEntry[]): string =>
  entries.map((entry, at) => `${entry.text}${at === entries.length - 1 ? '' : separator(entry)}`).join('');

/** Whether two URLs name the same mirror. */
export const isSame = (one: string, other: string): boolean => one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
