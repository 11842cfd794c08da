import { ofTheMoment, type Run, remembering, runWeek } from './choosers.ts';
import { foreseeing, seeing } from './oracles.ts';
import { type Schedule, stepsOf } from './steps.ts';
import { drawWeek } from './world.ts';

/** The sums over all weeks: of `use --fastest`, of the fastest of each moment, and of the two oracles. */
export type Weeks = Record<'use' | 'moment' | 'foreseeing' | 'seeing', Run>;

/** So many weeks with mirrors drawn anew for each, from the given seed on. */
export function simulateWeeks(schedule: Schedule, given: { weeks: number; mirrors: number; seed: number }): Weeks {
  const sums: Weeks = { use: none(), moment: none(), foreseeing: none(), seeing: none() };
  for (let seed = given.seed; seed < given.seed + given.weeks; seed++) {
    const mirrors = drawWeek(given.mirrors, seed);
    const steps = stepsOf(mirrors, schedule, seed + 1e6);
    add(sums.use, runWeek(mirrors, steps, remembering(), seed + 2e6));
    add(sums.moment, runWeek(mirrors, steps, ofTheMoment, seed + 2e6));
    add(sums.foreseeing, foreseeing(steps));
    add(sums.seeing, seeing(steps));
  }
  return sums;
}

/** How many times as many switches, and as much pull time. */
export const ratios = (one: Run, other: Run): Run => ({
  switches: one.switches / other.switches,
  pullMs: one.pullMs / other.pullMs,
});

const none = (): Run => ({ switches: 0, pullMs: 0 });

function add(sum: Run, { switches, pullMs }: Run): void {
  sum.switches += switches;
  sum.pullMs += pullMs;
}
