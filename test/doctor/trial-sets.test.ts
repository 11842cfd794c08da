import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortNeeds, type TrialSet, together } from '../../src/doctor/gather/trial-sets.ts';
import { parseGoproxy } from '../../src/go/goproxy.ts';
import { matchingPattern } from '../../src/go/patterns.ts';
import { isOpen } from '../../src/mirrors/gatekeepers.ts';
import { catalogue, factsWith, needOf } from './facts.ts';

const own = 'https://athens.corp.example.com';
const lib = needOf('git.corp.example.com/lib', { looksPrivate: true });
const quote = needOf('rsc.io/quote');

/** Each module with the variables of its trial, `then` behind what comes only where nobody has it. */
function ways(goproxy: string, file: Record<string, string> = {}): string[] {
  const facts = factsWith({ file: { GOPROXY: goproxy, ...file } });
  const needs = [quote, lib].map(need => ({
    ...need,
    direct: matchingPattern(facts.settings.values.GONOPROXY.value, need.path),
  }));
  const { proxied, origins, apart } = sortNeeds(needs, facts);
  const worded = ({ needs: some, variables, whenNotFound }: TrialSet): string => {
    const own = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    return [...some.map(({ path }) => path), ...own, ...(whenNotFound ? ['then', worded(whenNotFound)] : [])].join(' ');
  };
  return [
    ...proxied.map(({ path }) => path),
    ...origins.map(({ path }) => `${path} at its origin`),
    ...apart.map(worded),
  ];
}

const unseen = `GONOSUMDB=${lib.path}`;
const atOrigin = `${lib.path} ${unseen} GONOPROXY=${lib.path}`;

describe('whom a real download tells what', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['https://a.example.com,direct', {}, ['rsc.io/quote', atOrigin]],
    ['https://a.example.com', {}, ['rsc.io/quote']],
    [own, {}, ['rsc.io/quote', `${lib.path} ${unseen}`]],
    [`${own},https://a.example.com`, {}, ['rsc.io/quote', `${lib.path} ${unseen} GOPROXY=${own}`]],
    [
      `${own}|https://a.example.com|direct`,
      {},
      ['rsc.io/quote', `${lib.path} ${unseen} GOPROXY=${own} then ${atOrigin}`],
    ],
    [`https://a.example.com,${own},direct`, {}, ['rsc.io/quote']],
    ['https://slow.example.com,direct', {}, ['rsc.io/quote', atOrigin]],
    ['direct', {}, ['rsc.io/quote', `${lib.path} ${unseen}`]],
    ['https://a.example.com', { GOSUMDB: 'off', GOPRIVATE: 'rsc.io' }, ['rsc.io/quote at its origin']],
    [
      own,
      { GONOPROXY: 'none', GOPRIVATE: 'git.corp.example.com' },
      ['rsc.io/quote', `${lib.path} GONOSUMDB=git.corp.example.com,${lib.path}`],
    ],
  ])('%s %j', (goproxy, file, expected) => {
    expect(ways(goproxy, file)).toEqual(expected);
  });

  it('never is a public mirror a private name, nor anybody whom GOPROXY does not name', () => {
    const entry = fc.constantFrom(
      own,
      'https://a.example.com',
      'https://slow.example.com',
      'https://gone.example.com',
      'https://b.corp.example.com',
    );
    const list = fc
      .tuple(
        fc.array(fc.tuple(entry, fc.constantFrom(',', '|')), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('direct', 'off', ''),
      )
      .map(([entries, tail]) =>
        `${entries.map(([url, separator]) => url + separator).join('')}${tail}`.replace(/[,|]$/, ''),
      );
    const patterns = fc.constantFrom('', 'git.corp.example.com', 'none', '*.example.com', '*');
    fc.assert(
      fc.property(list, patterns, patterns, (GOPROXY, GOPRIVATE, GONOSUMDB) => {
        const file = { GOPROXY, ...(GOPRIVATE && { GOPRIVATE }), ...(GONOSUMDB && { GONOSUMDB }) };
        const facts = factsWith({ file });
        const { values } = facts.settings;
        const need = { ...lib, direct: matchingPattern(values.GONOPROXY.value, lib.path) };
        const { proxied, apart } = sortNeeds([need], facts);
        expect(proxied).toEqual([]);
        for (const set of apart.flatMap(one => (one.whenNotFound ? [one, one.whenNotFound] : [one]))) {
          const told = parseGoproxy(set.variables.GOPROXY ?? GOPROXY);
          const hears = matchingPattern(set.variables.GONOPROXY ?? values.GONOPROXY.value, lib.path) === null;
          const places = hears && told.ok ? told.entries.flatMap(({ url }) => url ?? []) : [];
          expect(places.filter(url => isOpen(catalogue, url))).toEqual([]);
          expect(places.filter(url => !GOPROXY.includes(url))).toEqual([]);
          expect(matchingPattern(set.variables.GONOSUMDB ?? '', lib.path)).not.toBeNull();
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('puts together what goes the same way', () => {
    const other = needOf('git.corp.example.com/other', { looksPrivate: true });
    const { apart } = sortNeeds([lib, other], factsWith({ file: { GOPROXY: own } }));
    expect(together(apart)).toEqual([{ needs: [lib, other], variables: { GONOSUMDB: `${lib.path},${other.path}` } }]);
  });
});
