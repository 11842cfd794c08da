import { parseGoproxy } from '../go/goproxy.ts';
import { looksPrivate } from '../go/private-names.ts';
import type { Settings } from '../go/settings.ts';
import { offered } from '../mirrors/all.ts';
import { findByUrl } from '../mirrors/find.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { isTrusted, targetOf } from '../mirrors/resolve.ts';
import type { ProbeTarget } from '../probe/result.ts';

/** A mirror to probe, and whether the catalogue or the user's own list knows it: if not, nobody says that it is a public one. */
export interface DoctorTarget extends ProbeTarget {
  listed: boolean;
}

/** Whom to probe: the mirrors in effect, those named, and without any named the catalogue's active ones as alternatives. */
export function targetsOf(
  settings: Settings,
  mirrors: readonly Mirror[],
  named: readonly ProbeTarget[],
): DoctorTarget[] {
  const parsed = parseGoproxy(settings.values.GOPROXY.value);
  const inEffect = (parsed.ok ? parsed.entries : []).flatMap(({ url }) => (url ? [inEffectAt(url, mirrors)] : []));
  const alternatives = named.length > 0 ? [] : offered(mirrors).map(mirror => targetOf(mirror, false));
  const all = [...inEffect, ...[...named, ...alternatives].map(target => ({ ...target, listed: true }))];
  return all.filter(({ url }, index) => all.findIndex(other => bare(other.url) === bare(url)) === index);
}

function inEffectAt(url: string, mirrors: readonly Mirror[]): DoctorTarget {
  const known = findByUrl(mirrors, url);
  if (!URL.canParse(url)) return { name: url, url, counts: true, trusted: false, listed: false };
  const { host, hostname, pathname } = new URL(url);
  const name = known?.name ?? `${host}${pathname.replace(/\/+$/, '')}`;
  const trusted = isTrusted(known, url) || (!known && looksPrivate(hostname));
  return { name, url, counts: true, trusted, listed: known !== null };
}

const bare = (url: string): string => url.replace(/\/+$/, '');
