import { parseGoproxy, unusedProxies } from '../go/goproxy.ts';
import { repairGoproxy } from '../go/repair-goproxy.ts';
import type { Settings } from '../go/settings.ts';
import { findByUrl } from './find.ts';
import type { Mirror } from './mirror.ts';
import { isPublicMirror, type Trust, trustOf } from './trust.ts';

type Known = readonly Mirror[];

/** What the entry of a GOPROXY value is. */
export const trustIn = (known: Known, url: string): Trust => trustOf(findByUrl(known, url), url);

/** Whether it serves everybody, in whatever state it is: such a place hears no name that is private. */
export const isOpen = (known: Known, url: string): boolean => isPublicMirror(findByUrl(known, url), url);

/** The mirror to use in place of one that is gone or never was (`useInstead` of the catalogue); null for any other URL. */
export function insteadOf(known: Known, url: string): Mirror | null {
  const found = findByUrl(known, url);
  const isGone = found?.status === 'retired' || found?.status === 'never-existed';
  const instead = isGone ? known.find(({ name }) => name === found.useInstead) : undefined;
  return instead?.url && trustOf(instead, instead.url) === 'public' ? instead : null;
}

/**
 * Whether an organisation may rely on a GOPROXY value: it names a place that is no public mirror, so nobody may stand in for it. Of a
 * value that go refuses each piece counts that may have been meant as a place.
 */
export const namesGatekeeper = (value: string, known: Known): boolean =>
  placesIn(value).some(url => isGatekeeper(known, url));

/** The same of the value in effect. */
export const hasGatekeeper = ({ settings, known }: { settings: Pick<Settings, 'values'>; known: Known }): boolean =>
  namesGatekeeper(settings.values.GOPROXY.value, known);

/** Neither a public mirror that is up and running, nor one that is gone and has a public one in its place. */
export const isGatekeeper = (known: Known, url: string): boolean =>
  namesHost(url) && trustIn(known, url) === 'gatekeeper' && insteadOf(known, url) === null;

/** `https://` alone is no place. */
export const namesHost = (url: string): boolean => !/^https?:\/\/(?:\/|$)/i.test(url);

function placesIn(value: string): string[] {
  const meant = repairGoproxy(value) ?? value;
  const parsed = parseGoproxy(meant);
  // What stands behind `direct` or `off` was meant as a place too, though go never reads it.
  if (parsed.ok)
    return [...parsed.entries, ...unusedProxies(meant)].flatMap(({ url }) =>
      url !== null && namesHost(url) ? url : [],
    );
  return value
    .split(/[,|;\s]+/)
    .map(piece => piece.replace(/^[^a-z0-9/]+/i, '').replace(/^(https?:\/\/[^/:]+):[^/]*/i, '$1'))
    .filter(piece => /[a-z0-9]/i.test(piece) && !/^(?:direct|off|[a-z]+:\/*)$/i.test(piece));
}
