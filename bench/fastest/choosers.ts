import { chooseFastest } from '../../src/probe/choose-fastest.ts';
import { type Measurement, measurementOf, stillCounting } from '../../src/probe/measurement.ts';
import { type Random, seeded } from '../../test/relay/random.ts';
import type { Step } from './steps.ts';
import { logarithmic, normal, type SimulatedMirror, slotMs } from './world.ts';

/** What a week came to. */
export interface Run {
  switches: number;
  /** All pulls together. */
  pullMs: number;
}

/** Chooses by the measurements of a call; `at` and the answer are indexes of mirrors. */
export type Chooser = (measured: readonly Measurement[], at: number) => number;

/** `use --fastest`, with what it remembers. */
export function remembering(): Chooser {
  let kept: Measurement[] = [];
  return (measured, at) => {
    const candidates = measured.map(one => ({ url: one.mirror, measured: one }));
    const choice = chooseFastest(candidates, kept, measured[at]!.mirror);
    if (!choice) return at;
    kept = stillCounting([...kept, ...measured], measured[0]!.atMs);
    return measured.findIndex(({ mirror }) => mirror === choice.url);
  };
}

/** What `use --fastest` did before it remembered: the fastest of the moment. */
export const ofTheMoment: Chooser = (measured, at) => {
  const [best] = [...measured.keys()]
    .filter(index => measured[index]!.estimatedMs !== null)
    .sort((a, b) => measured[a]!.estimatedMs! - measured[b]!.estimatedMs!);
  return best ?? at;
};

/** A week with a chooser that sees measurements only; the first mirror is in effect at first. The same seed measures the same. */
export function runWeek(
  mirrors: readonly SimulatedMirror[],
  steps: readonly Step[],
  choose: Chooser,
  seed: number,
): Run {
  const random = seeded(seed);
  let at = 0;
  const run: Run = { switches: 0, pullMs: 0 };
  for (const { slot, pullsMs } of steps) {
    const next = choose(
      mirrors.map(mirror => measure(random, mirror, slot)),
      at,
    );
    if (next !== at) run.switches++;
    at = next;
    run.pullMs += pullsMs[at]!;
  }
  return run;
}

/**
 * One measurement: off by the mirror's jitter, one in twenty besides too high by a third up to 2.5 times. The interval is known as roughly
 * as one knows it from a few samples. One probe in 300 of a healthy mirror fails.
 */
function measure(random: Random, { name, pullMs, isDown, jitter }: SimulatedMirror, slot: number): Measurement {
  const off = Math.exp(jitter * normal(random));
  const outlier = random.next() < 0.05 ? logarithmic(random, 1.3, 2.5) : 1;
  const known = 0.5 + random.next();
  const fails = random.next() < 1 / 300 || isDown[slot]!;
  const estimatedPullMs = pullMs[slot]! * off * outlier;
  const uncertaintyMs = estimatedPullMs * Math.hypot(0.07, jitter * known);
  const probe = { url: `https://${name}`, estimatedPullMs, uncertaintyMs, status: fails ? 'fail' : 'ok' } as const;
  return measurementOf(probe, slot * slotMs);
}
