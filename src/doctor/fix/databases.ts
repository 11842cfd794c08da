import { knownDatabase, parseGosumdb } from '../../go/gosumdb.ts';
import type { DoctorFacts } from '../facts.ts';

/** Values of GOSUMDB that lead to the same database by another way, the simplest first. Undefined: as it is. */
export function databasesToTry({ mirrors }: DoctorFacts, value: string): (string | undefined)[] {
  const parsed = parseGosumdb(value);
  if (!parsed.ok || parsed.kind === 'off') return [undefined];
  if (parsed.name !== knownDatabase.name) return parsed.url ? [undefined, parsed.key] : [undefined];
  const passing = mirrors.filter(({ checksumDatabase }) => checksumDatabase.verified);
  const through = passing.map(
    ({ url }) => `${knownDatabase.name} ${url.replace(/\/+$/, '')}/sumdb/${knownDatabase.name}`,
  );
  return [...new Set([undefined, ...(parsed.url ? [knownDatabase.name] : []), knownDatabase.alias, ...through])];
}
