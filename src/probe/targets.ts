import { parseGoproxy } from '../go/goproxy.ts';
import { findByUrl } from '../mirrors/find.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { isTrusted, shortName } from '../mirrors/resolve.ts';
import type { ProbeTarget } from './result.ts';

/** The mirrors of a GOPROXY value as targets that count. An entry that go refuses stands as it was written. */
export function targetsInEffect(mirrors: readonly Mirror[], goproxy: string): ProbeTarget[] {
  const list = parseGoproxy(goproxy);
  if (!list.ok) return list.entry ? [{ name: list.entry, url: list.entry, counts: true, trusted: false }] : [];
  return list.entries.flatMap(({ url }) => {
    if (url === null) return [];
    const mirror = findByUrl(mirrors, url);
    return [{ name: mirror?.name ?? shortName(url), url, counts: true, trusted: isTrusted(mirror, url) }];
  });
}

/** Each URL once; the first that names it stays, and counts where any of them does. */
export function withoutRepeats(targets: readonly ProbeTarget[]): ProbeTarget[] {
  const kept = new Map<string, ProbeTarget>();
  for (const target of targets) {
    const key = target.url.replace(/\/+$/, '');
    const known = kept.get(key);
    kept.set(key, known ? { ...known, counts: known.counts || target.counts } : target);
  }
  return [...kept.values()];
}
