import { type Cause, unreached } from '../causes.ts';
import { matchingPattern } from '../go/patterns.ts';
import { isOpen } from '../mirrors/gatekeepers.ts';
import type { DoctorFacts, Need } from './facts.ts';

/** What is not in the module cache and goes through GOPROXY. */
export const proxiedNeeds = ({ needs }: Pick<DoctorFacts, 'needs'>): Need[] =>
  needs.filter(({ direct, cached }) => !direct && !cached);

/** What is not in the module cache and goes to its origin. */
export const originNeeds = ({ needs }: Pick<DoctorFacts, 'needs'>): Need[] =>
  needs.filter(({ direct, cached }) => direct && !cached);

/** Whether a pull asks GOPROXY for anything at all: a broken one blocks nothing where all is in the cache. */
export const fetchesThroughProxy = (facts: DoctorFacts): boolean =>
  proxiedNeeds(facts).length > 0 || (facts.toolchain !== null && !facts.go.switch?.available);

/** Whether go asks the checksum database for a module that is needed: go.sum and the patterns of GONOSUMDB keep it from that. */
export function asksDatabaseFor(need: Need, { settings }: Pick<DoctorFacts, 'settings'>): boolean {
  const { GOSUMDB, GONOSUMDB } = settings.values;
  if (need.cached || GOSUMDB.value === 'off' || (need.summed.zip && need.summed.mod)) return false;
  return matchingPattern(GONOSUMDB.value, need.path) === null;
}

/** Whether GOPROXY leads to public mirrors and nowhere else: what is private is at none of them. */
export function asksPublicMirrorsOnly({ goproxy, known }: Pick<DoctorFacts, 'goproxy' | 'known'>): boolean {
  const entries = goproxy.ok ? goproxy.entries : [];
  const isPublic = (url: string | null): boolean => url !== null && isOpen(known, url);
  return entries.some(({ url }) => isPublic(url)) && entries.every(({ kind, url }) => kind === 'off' || isPublic(url));
}

export const asksDatabase = (facts: DoctorFacts): boolean => facts.needs.some(need => asksDatabaseFor(need, facts));

/** What an origin that is out of reach looks like. */
export const outOfReach = new Set<Cause | null>([...unreached, 'unrecognized-import-path']);

/** Whether a real download through the proxies succeeded in this run, for everything that was tried. */
export function pullWorks({ trials }: Pick<DoctorFacts, 'trials'>): boolean {
  const proxied = trials.filter(({ need }) => !need.direct);
  return proxied.length > 0 && proxied.every(({ outcome }) => outcome === 'ok' || outcome === 'large');
}
