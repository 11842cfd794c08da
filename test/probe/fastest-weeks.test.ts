import { expect, it } from 'vitest';
import { ratios, simulateWeeks } from '../../bench/fastest/weeks.ts';

const given = { weeks: 60, mirrors: 6, seed: 1 };

it('does not flutter in weeks of hourly calls: as few switches, and nearly the pull time, of an oracle that knows the week', () => {
  const { use, moment, foreseeing } = simulateWeeks('hourly', given);
  const { switches, pullMs } = ratios(use, foreseeing);
  expect(switches).toBeLessThanOrEqual(1.2);
  // The aim over 200 weeks is 1.05.
  expect(pullMs).toBeLessThanOrEqual(1.06);
  expect(moment.switches).toBeGreaterThan(4 * use.switches);
});

it('nor with one call a day, beside an oracle that knows the present', () => {
  const { use, seeing } = simulateWeeks('daily', given);
  const { switches, pullMs } = ratios(use, seeing);
  expect(switches).toBeLessThanOrEqual(1.2);
  expect(pullMs).toBeLessThanOrEqual(1.05);
});
