import type { Measurement } from './measurement.ts';
import { outlookOf } from './outlook.ts';

/** A mirror that may be chosen, by the URL that tells it from the others. */
export interface Candidate {
  url: string;
  measured: Measurement;
}

/** The mirror to use, and why. `gain` is the share of its pull time that the one in effect takes longer than the best other. */
export type FastestChoice = { url: string } /** None of those measured was in effect. */ & (
  | { why: 'best' }
  /** The one in effect, `other`, fails. */
  | { why: 'fails'; other: string }
  /** It takes the place of `other`. */
  | { why: 'better'; other: string; gain: number }
  /** It is in effect and stays: no other is better, the gain is too small, or smaller than the uncertainty, or not known. */
  | { why: 'kept-best' }
  | { why: 'kept-small-gain' | 'kept-unsure'; other: string; gain: number }
  | { why: 'kept-unmeasured' }
);

/** Another mirror must save so much of the pull time, however sure that is. */
const leastGain = 0.15;

/**
 * Which of the mirrors just measured to use; null where none works. The one in effect (`inEffect`: its URL) stays unless it fails, or
 * another is better by more than 15 % of the pull time and by more than the uncertainty of both, their intervals added as independent
 * errors. How long pulls will take is judged by what was measured `earlier` too (oldest first): see `outlookOf`.
 */
export function chooseFastest(
  candidates: readonly Candidate[],
  earlier: readonly Measurement[],
  inEffect: string | null,
): FastestChoice | null {
  const working = candidates
    .filter(({ measured }) => measured.outcome === 'works')
    .map(({ url, measured }) => {
      const own = [...earlier.filter(({ mirror }) => mirror === measured.mirror), measured];
      return { url, outlook: outlookOf(own, measured.atMs) };
    })
    .sort((a, b) => (a.outlook?.logMs ?? Infinity) - (b.outlook?.logMs ?? Infinity));
  const [best] = working;
  if (!best) return null;
  const current = working.find(({ url }) => url === inEffect);
  if (!current) {
    const failing = candidates.find(({ url }) => url === inEffect);
    return failing ? { url: best.url, why: 'fails', other: failing.url } : { url: best.url, why: 'best' };
  }
  if (current === best) return { url: current.url, why: 'kept-best' };
  if (!current.outlook || !best.outlook) return { url: current.url, why: 'kept-unmeasured' };
  const difference = current.outlook.logMs - best.outlook.logMs;
  const gain = 1 - Math.exp(-difference);
  if (gain <= leastGain) return { url: current.url, why: 'kept-small-gain', other: best.url, gain };
  const isSure = difference > Math.hypot(current.outlook.doubt, best.outlook.doubt);
  return isSure
    ? { url: best.url, why: 'better', other: current.url, gain }
    : { url: current.url, why: 'kept-unsure', other: best.url, gain };
}
