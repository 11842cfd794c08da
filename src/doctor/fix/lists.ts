import type { ProxyEntry } from '../../go/goproxy.ts';
import { parseGoproxy } from '../../go/goproxy.ts';
import type { MirrorProbe } from '../../probe/result.ts';
import type { DoctorFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { authorityIn } from '../target.ts';

/** Causes of a failing download that another mirror, or any mirror at all, may be free of. */
const ofMirrors = new Set([
  'dns-failure',
  'connect-timeout',
  'connection-refused',
  'connection-reset',
  'network-unreachable',
  'tls-unknown-authority',
  'tls-other',
  'tls-handshake-timeout',
  'mirror-forbidden-403',
  'mirror-rate-limited-429',
  'mirror-server-error-5xx',
  'mirror-upstream-failure',
  'mirror-not-found-404-410',
  'captive-or-html-response',
  'truncated-download',
  'checksum-mismatch-gosum',
  'checksum-mismatch-sumdb',
  'sumdb-bad-response',
  'sumdb-unreachable',
  'stalled',
  'unknown-revision',
  'insecure-http',
  'goproxy-off',
  'goproxy-malformed',
  'toolchain-unavailable',
]);

export const callsForMirror = ({ cause, status, code }: Finding): boolean =>
  status === 'fail' && code !== 'no-network' && ofMirrors.has(cause ?? '');

/**
 * Values of GOPROXY to try in place of the one in effect, the gentlest first: without the mirrors that failed in this run, then with
 * the best one proven healthy. A gatekeeper of one's own stays first.
 */
export function listsToTry(facts: DoctorFacts, value: string): string[] {
  const healthy = healthyMirrors(facts.mirrors);
  const parsed = parseGoproxy(value);
  const entries = parsed.ok ? parsed.entries : [];
  const proxies = entries.filter(({ kind }) => kind === 'proxy');
  const failed = new Set(facts.mirrors.filter(({ status }) => status === 'fail').map(({ url }) => url));
  const ends = entries.at(-1)?.kind === 'direct' || proxies.length === 0 || entries.at(-1)?.kind === 'off';
  const tail = ends ? ',direct' : '';
  const sound = proxies.filter(({ url }) => !failed.has(url!));
  const gatekeeper = proxies.length > 1 && isOwn(proxies[0]!, facts) ? proxies[0]! : null;
  const lists: string[] = [];
  if (sound.length > 0 && sound.length < proxies.length) lists.push(`${joined(sound)}${tail}`);
  for (const { url } of healthy) {
    if (proxies.some(proxy => same(proxy.url, url))) continue;
    if (gatekeeper) {
      const separator = failed.has(gatekeeper.url!) ? '|' : gatekeeper.fallsBackOn === 'any-error' ? '|' : ',';
      lists.push(`${gatekeeper.text}${separator}${url}${tail}`);
    }
    lists.push(`${url}${tail || ',direct'}`);
    if (sound.length > 0) lists.push(`${joined(sound)},${url}${tail}`);
  }
  return [...new Set(lists)];
}

/** The mirrors that were proven in this run, the fastest first. */
export function healthyMirrors(mirrors: readonly MirrorProbe[]): MirrorProbe[] {
  const usable = mirrors.filter(
    ({ status, content, cause }) =>
      status !== 'fail' && content.verified !== false && cause !== 'mirror-not-found-404-410',
  );
  const rank = ({ status, checksumDatabase, score }: MirrorProbe): number =>
    (status === 'ok' ? 1000 : 0) + (checksumDatabase.verified ? 500 : 0) + (score ?? 0);
  return usable.sort((a, b) => rank(b) - rank(a));
}

function joined(entries: readonly ProxyEntry[]): string {
  return entries
    .map(({ text, fallsBackOn }, index) =>
      index === entries.length - 1 ? text : `${text}${fallsBackOn === 'any-error' ? '|' : ','}`,
    )
    .join('');
}

/** Not a public mirror: what only it has is not to be had elsewhere. */
const isOwn = ({ url }: ProxyEntry, { own }: DoctorFacts): boolean => url !== null && own.has(url);

const same = (a: string | null, b: string): boolean =>
  a !== null && (a.replace(/\/+$/, '') === b.replace(/\/+$/, '') || authorityIn(a) === b);
