import { knownDatabase, parseGosumdb } from '../../go/gosumdb.ts';
import type { DoctorFacts } from '../facts.ts';

/** Values of GOSUMDB that lead to the same database by another way, the simplest first. Undefined: as it is. */
export function databasesToTry({ mirrors }: DoctorFacts, value: string): (string | undefined)[] {
  const parsed = parseGosumdb(value);
  if (!parsed.ok || parsed.kind === 'off') return [undefined];
  if (parsed.name !== knownDatabase.name) {
    const meant =
      parsed.url && leadsToKnown(parsed.url) ? [knownDatabase.name, `${knownDatabase.name} ${parsed.url}`] : [];
    return parsed.url ? [undefined, ...meant, parsed.key] : [undefined];
  }
  const passing = mirrors.filter(({ checksumDatabase }) => checksumDatabase.verified);
  const through = passing.map(
    ({ url }) => `${knownDatabase.name} ${url.replace(/\/+$/, '')}/sumdb/${knownDatabase.name}`,
  );
  return [...new Set([undefined, ...(parsed.url ? [knownDatabase.name] : []), knownDatabase.alias, ...through])];
}

/** Another name or key stands before the address of the well-known database: that is the one that is asked. */
const leadsToKnown = (url: string): boolean =>
  url.includes(`/sumdb/${knownDatabase.name}`) ||
  new RegExp(`//(${knownDatabase.name}|${knownDatabase.alias})(/|$)`).test(url);
