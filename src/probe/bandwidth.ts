import type { Exchanged } from '../system/network/exchange.ts';

export interface Bandwidth {
  bytesPerSecond: number;
  /** Bytes that it was measured with. */
  bytes: number;
}

/** Less than this says nothing about a line. */
const leastBytes = 60_000;
/** The share of the body over which the rate is looked for: a window in slow start's last burst, not across its pauses. */
const windowShare = 0.3;

/**
 * The rate of the line: the highest over a third of the body. In TCP's slow start the packets come in bursts with pauses
 * between; within a burst they come as fast as the line carries them, and a long pull has the pauses behind it.
 * Null where too little came.
 */
export function bandwidthOf({ arrivals }: Pick<Exchanged, 'arrivals'>): Bandwidth | null {
  const total = arrivals.at(-1)?.bytes ?? 0;
  if (total < leastBytes) return null;
  const least = Math.max(leastBytes / 2, total * windowShare);
  let best = 0;
  let end = 0;
  for (const start of arrivals) {
    while (end < arrivals.length && arrivals[end]!.bytes - start.bytes < least) end++;
    const last = arrivals[end];
    if (!last) break;
    const ms = last.atMs - start.atMs;
    if (ms > 0) best = Math.max(best, ((last.bytes - start.bytes) / ms) * 1000);
  }
  return best > 0 ? { bytesPerSecond: best, bytes: total } : null;
}
