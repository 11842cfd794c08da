import type { Run } from './choosers.ts';
import type { Step } from './steps.ts';

/** The same rule as `use --fastest` has: a switch saves so much, or leaves a mirror that is down. */
const leastGain = 0.15;
const pays = (fromMs: number, toMs: number): boolean => toMs < (1 - leastGain) * fromMs;

/**
 * An oracle that knows the future: of all sequences of mirrors over the week in which each switch leaves a mirror that is down at the call,
 * or makes the pulls until the next call at least 15 % shorter, the one with the least pull time in all; of equals the one with fewer
 * switches. It even leaves a mirror before an outage begins.
 */
export function foreseeing(steps: readonly Step[]): Run {
  const nothing: Run = { switches: 0, pullMs: Infinity };
  let best: Run[] = steps[0]!.pullsMs.map((_, index) => (index === 0 ? { switches: 0, pullMs: 0 } : nothing));
  for (const { nowMs, pullsMs } of steps) {
    best = pullsMs.map((ms, to) => {
      const ways = best.flatMap((run, from) => {
        if (from === to) return [run];
        const may = !Number.isFinite(nowMs[from]!) || pays(pullsMs[from]!, ms);
        return may ? [{ ...run, switches: run.switches + 1 }] : [];
      });
      const { switches, pullMs } = ways.reduce(better);
      return { switches, pullMs: pullMs + ms };
    });
  }
  return best.reduce(better);
}

/** An oracle that knows the true pull times at each call, without any uncertainty, but not what will come. */
export function seeing(steps: readonly Step[]): Run {
  let at = 0;
  const run: Run = { switches: 0, pullMs: 0 };
  for (const { nowMs, pullsMs } of steps) {
    const best = nowMs.indexOf(Math.min(...nowMs));
    if (pays(nowMs[at]!, nowMs[best]!)) {
      at = best;
      run.switches++;
    }
    run.pullMs += pullsMs[at]!;
  }
  return run;
}

const better = (a: Run, b: Run): Run =>
  b.pullMs < a.pullMs || (b.pullMs === a.pullMs && b.switches < a.switches) ? b : a;
