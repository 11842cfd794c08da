import type { LabCase } from './case.ts';
import { families } from './cases/index.ts';

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
export function random(seed: string): () => number {
  let state = [...seed].reduce((hash, char) => Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0, 0x811c9dc5);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a case is an example of: the file it stands in, each cause that it provokes, and what a fix does there. */
function kindsOf(lab: LabCase): string[] {
  const file = Object.entries(families).find(([, cases]) => cases.includes(lab))?.[0] ?? 'public twin';
  const causes = lab.expect.map(({ cause }) => `cause ${[cause].flat()[0]}`);
  const fix = lab.fix ?? (lab.afterFix ? 'puts right' : 'not asked');
  return [`file ${file}`, ...causes, `fix ${fix} of ${lab.expect.length === 0 ? 'what is healthy' : 'a fault'}`];
}

/** Cases of which each kind has one, and `more` besides, chosen by the seed. */
export function chooseCases(cases: readonly LabCase[], seed: string, more: number): LabCase[] {
  const next = random(seed);
  const shuffled = cases
    .map(lab => ({ lab, place: next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ lab }) => lab);
  const missing = new Set(cases.flatMap(kindsOf));
  const chosen = new Set<LabCase>();
  while (missing.size > 0) {
    const gain = (lab: LabCase): number => kindsOf(lab).filter(kind => missing.has(kind)).length;
    const best = shuffled.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    for (const kind of kindsOf(best)) missing.delete(kind);
    chosen.add(best);
  }
  for (const lab of shuffled.filter(one => !chosen.has(one)).slice(0, more)) chosen.add(lab);
  return [...chosen];
}
