import { knownDatabase, parseGosumdb } from '../../go/gosumdb.ts';
import { hasGatekeeper, trustIn } from '../../mirrors/gatekeepers.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { parseUrl } from '../../system/network/go-url.ts';
import { databaseWay } from '../database-way.ts';
import type { DoctorFacts } from '../facts.ts';
import { healthyMirrors, isSame } from './lists.ts';

/**
 * Values of GOSUMDB that lead to the same database by another way, the simplest first. Undefined: as it is. The address of a database
 * of one's own stays; and where gatekeepers are asked for the way, others are only found where go goes past them by itself.
 */
export function databasesToTry(facts: DoctorFacts, value: string): (string | undefined)[] {
  const parsed = parseGosumdb(value);
  if (!parsed.ok || parsed.kind === 'off') return [undefined];
  const { name, alias } = knownDatabase;
  const { url } = parsed;
  // The base of a mirror in place of the address below which it passes the database on.
  if (url !== null && parsed.name === name && isMirrorOf(url, facts))
    return [undefined, `${name} ${url.replace(/\/+$/, '')}/sumdb/${name}`, name];
  if (url !== null && !isPublicWay(url, facts.known)) return [undefined];
  if (parsed.name !== name) return url === null ? [undefined] : [undefined, name, `${name} ${url}`];
  const plain = url === null ? [] : [name];
  if (hasGatekeeper(facts) && !passesGatekeepers(facts)) return [undefined, ...plain];
  const through = healthyMirrors(facts)
    .filter(({ checksumDatabase }) => checksumDatabase.verified)
    .map(mirror => `${name} ${mirror.url.replace(/\/+$/, '')}/sumdb/${name}`);
  return [...new Set([undefined, ...plain, alias, ...through])];
}

const isMirrorOf = (url: string, { goproxy }: DoctorFacts): boolean =>
  goproxy.ok && goproxy.entries.some(entry => entry.url !== null && isSame(entry.url, url));

/** An address of the well-known database, or a public mirror's way to it. */
function isPublicWay(url: string, known: readonly Mirror[]): boolean {
  const parsed = parseUrl(url);
  if (!parsed.ok || parsed.url.userInfo !== null) return false;
  if (parsed.url.host === knownDatabase.name || parsed.url.host === knownDatabase.alias) return true;
  const [base] = url.split(`/sumdb/${knownDatabase.name}`);
  return trustIn(known, base!) === 'public';
}

function passesGatekeepers({ goproxy, gosumdb, mirrors }: DoctorFacts): boolean {
  if (!goproxy.ok || !gosumdb.ok || gosumdb.kind === 'off' || gosumdb.url !== null) return false;
  return databaseWay(goproxy, url => mirrors.find(probe => probe.counts && probe.url === url)).kind === 'own';
}
