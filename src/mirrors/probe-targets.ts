import { parseGoproxy } from '../go/goproxy.ts';
import { parseUrl } from '../system/network/go-url.ts';
import { offered } from './all.ts';
import { findByUrl } from './find.ts';
import type { Mirror } from './mirror.ts';
import { resolveMirror, shortName } from './resolve.ts';
import { isPublicMirror, type Place, trustOf } from './trust.ts';

/** A mirror to probe. */
export interface ProbeTarget extends Place {
  name: string;
  /** As given, with credentials; `https://`, `http://` or `file://`. */
  url: string;
  /** In effect, or named on the command line: only these can fail a run. */
  counts: boolean;
}

/** The mirrors of a GOPROXY value. An entry that go refuses stands as it was written. */
export function targetsInEffect(mirrors: readonly Mirror[], goproxy: string): ProbeTarget[] {
  const list = parseGoproxy(goproxy);
  const urls = list.ok ? list.entries.flatMap(({ url }) => url ?? []) : list.entry ? [list.entry] : [];
  return urls.map(url => {
    const mirror = findByUrl(mirrors, url);
    const name = mirror?.name ?? (list.ok ? shortName(url) : url);
    return { name, url, counts: true, inEffect: true, trust: trustOf(mirror, url), open: isPublicMirror(mirror, url) };
  });
}

/** The mirrors that the command line names, by name or URL. Throws a `CliError`, exit code 2, for what is none. */
export function namedTargets(mirrors: readonly Mirror[], texts: readonly string[]): ProbeTarget[] {
  return texts.map(text => {
    const { name, url, mirror } = resolveMirror(mirrors, text);
    return { name, url, counts: true, inEffect: false, trust: trustOf(mirror, url) };
  });
}

/** The mirrors that are offered unasked, as alternatives. */
export function offeredTargets(mirrors: readonly Mirror[]): ProbeTarget[] {
  return offered(mirrors).map(({ name, url, ...mirror }) => {
    const trust = trustOf({ ...mirror, name, url }, url);
    return { name, url, counts: false, inEffect: false, trust };
  });
}

/** Each URL once; the first that names it stays, and counts or is in effect where any of them does. */
export function withoutRepeats(targets: readonly ProbeTarget[]): ProbeTarget[] {
  const kept = new Map<string, ProbeTarget>();
  for (const target of targets) {
    const key = comparable(target.url);
    const known = kept.get(key);
    kept.set(
      key,
      known ? { ...known, counts: known.counts || target.counts, inEffect: known.inEffect || target.inEffect } : target,
    );
  }
  return [...kept.values()];
}

/** Trailing slashes and the case of scheme and host make no other place. */
function comparable(url: string): string {
  const parsed = parseUrl(url);
  if (!parsed.ok) return url;
  const { scheme, userInfo, host, path } = parsed.url;
  return `${scheme}://${userInfo ?? ''}@${host.toLowerCase()}${path.replace(/\/+$/, '')}`;
}
