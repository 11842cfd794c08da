import { seeded } from '../../test/relay/random.ts';
import { type SimulatedMirror, slotsPerHour } from './world.ts';

/** Pulls happen in working time only, one in each slot of ten minutes. */
const working = { from: 9, to: 18 };
/** Who meets an outage waits so long before he gives up; then the best of the others serves the pull. */
const outageLossMs = 60_000;

/** When `use --fastest` is called: in each hour of working time from Monday to Friday, or once in the working time of every day. */
export type Schedule = 'hourly' | 'daily';

/** From one call to the next. */
export interface Step {
  slot: number;
  /** How long a pull from each mirror takes at the call; infinite where it is down. */
  nowMs: readonly number[];
  /** How long all pulls until the next call take from each mirror, outages included. */
  pullsMs: readonly number[];
}

/** The steps of a week; calls come at random times within their hour, or day. The same seed gives the same. */
export function stepsOf(mirrors: readonly SimulatedMirror[], schedule: Schedule, seed: number): Step[] {
  const calls = callsOf(schedule, seed);
  return calls.map((slot, index) => ({
    slot,
    nowMs: mirrors.map(({ pullMs, isDown }) => (isDown[slot] ? Infinity : pullMs[slot]!)),
    pullsMs: sumOfPulls(mirrors, slot, calls[index + 1] ?? mirrors[0]!.pullMs.length),
  }));
}

function callsOf(schedule: Schedule, seed: number): number[] {
  const random = seeded(seed);
  const hours = working.to - working.from;
  const [days, perDay] = schedule === 'hourly' ? [5, hours] : [7, 1];
  const within = (hours / perDay) * slotsPerHour;
  return Array.from({ length: days * perDay }, (_, call) => {
    const start = (Math.floor(call / perDay) * 24 + working.from) * slotsPerHour + (call % perDay) * within;
    return start + Math.floor(random.next() * within);
  });
}

function sumOfPulls(mirrors: readonly SimulatedMirror[], from: number, to: number): number[] {
  const sums = mirrors.map(() => 0);
  for (let slot = from; slot < to; slot++) {
    const hour = (slot / slotsPerHour) % 24;
    if (hour < working.from || hour >= working.to) continue;
    const best = Math.min(...mirrors.map(({ pullMs, isDown }) => (isDown[slot] ? Infinity : pullMs[slot]!)));
    for (const [index, { pullMs, isDown }] of mirrors.entries()) {
      // Where all are down nobody serves it faster.
      const elsewhereMs = Number.isFinite(best) ? best : pullMs[slot]!;
      sums[index]! += isDown[slot] ? outageLossMs + elsewhereMs : pullMs[slot]!;
    }
  }
  return sums;
}
