import type { EmulatedMirror } from '../../test/lab/link.ts';

/**
 * Mirrors drawn at random: round trip 5 to 300 ms, 2 to 200 Mbit/s, server time 0 to 200 ms. The first two are drawn on a
 * logarithmic scale, so that each order of magnitude is as likely as the next. The same seed gives the same mirrors.
 */
export function drawMirrors(
  count: number,
  seed: number,
): Required<Pick<EmulatedMirror, 'rttMs' | 'megabitsPerSecond' | 'serverMs'>>[] {
  const random = generator(seed);
  const logarithmic = (low: number, high: number): number => low * (high / low) ** random();
  return Array.from({ length: count }, () => ({
    rttMs: Math.round(logarithmic(5, 300)),
    megabitsPerSecond: Math.round(logarithmic(2, 200) * 10) / 10,
    serverMs: Math.round(200 * random()),
  }));
}

/** mulberry32: numbers from 0 to below 1. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
