import { type Random, seeded } from '../../test/relay/random.ts';

/** The weeks are cut into slots of ten minutes: what is true of a mirror holds for a whole slot. */
export const slotsPerHour = 6;
export const slotMs = 3_600_000 / slotsPerHour;
const slots = 7 * 24 * slotsPerHour;

/** A mirror over a week. */
export interface SimulatedMirror {
  name: string;
  /** How long a pull takes in each slot while it works, milliseconds. */
  pullMs: readonly number[];
  isDown: readonly boolean[];
  /** What measuring it is off by: standard deviation of the logarithm. */
  jitter: number;
}

/**
 * Mirrors over one week from Monday 0:00, drawn at random; the same seed gives the same.
 * - A pull takes 12 to 60 s (every factor as likely as any other), times what follows.
 * - Daily load: at its peak, somewhere between 9:00 and 23:00, up to half as long again.
 * - It wanders: 12 % (standard deviation), forgotten within some six hours.
 * - One in five once becomes faster or slower for good, by up to 2 times.
 * - Jitter: a measurement is off by 5 to 20 % (standard deviation), with each mirror its own.
 * - Outages: one a week on average, one of the mirrors one a day; 10 minutes to 6 hours, short ones more often.
 */
export function drawWeek(count: number, seed: number): SimulatedMirror[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => drawMirror(random, index));
}

function drawMirror(random: Random, index: number): SimulatedMirror {
  const base = logarithmic(random, 12_000, 60_000);
  const load = 0.5 * random.next();
  const peakHour = 9 + 14 * random.next();
  const turn = { at: random.next() < 0.2 ? random.next() * slots : slots, factor: logarithmic(random, 0.5, 2) };
  const keeps = Math.exp(-1 / (6 * slotsPerHour));
  let wandered = 0.12 * normal(random);
  const pullMs = Array.from({ length: slots }, (_, slot) => {
    wandered = keeps * wandered + 0.12 * Math.sqrt(1 - keeps ** 2) * normal(random);
    const hour = (slot / slotsPerHour) % 24;
    const busy = ((1 + Math.cos((2 * Math.PI * (hour - peakHour)) / 24)) / 2) ** 2;
    return base * (1 + load * busy) * Math.exp(wandered) * (slot >= turn.at ? turn.factor : 1);
  });
  const isDown = outages(random, index === 0 ? 1 : 1 / 7);
  return { name: `m${index}.example`, pullMs, isDown, jitter: 0.05 + 0.15 * random.next() };
}

function outages(random: Random, perDay: number): boolean[] {
  const isDown = Array.from({ length: slots }, () => false);
  for (let slot = 0; slot < slots; slot++) {
    if (random.next() >= perDay / 24 / slotsPerHour) continue;
    const length = Math.round(logarithmic(random, 1, 6 * slotsPerHour));
    isDown.fill(true, slot, slot + length);
  }
  return isDown;
}

/** Between two values, each factor as likely as any other. */
export const logarithmic = (random: Random, low: number, high: number): number => low * (high / low) ** random.next();

/** A normal deviate (Box and Muller). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
