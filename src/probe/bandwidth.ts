import type { Exchanged } from '../system/network/exchange.ts';

export interface Bandwidth {
  bytesPerSecond: number;
  /** Bytes that it was measured with. */
  bytes: number;
}

/** Less than this says nothing about a line. */
const leastBytes = 60_000;

/**
 * The rate at which a body arrived once TCP had found its speed: that of the second half, as the first is slow start, which a
 * long pull has behind it. Null where too little came.
 */
export function bandwidthOf({ arrivals }: Pick<Exchanged, 'arrivals'>): Bandwidth | null {
  const last = arrivals.at(-1);
  if (!last || last.bytes < leastBytes) return null;
  const half = arrivals.find(({ bytes }) => bytes >= last.bytes / 2)!;
  const ms = last.atMs - half.atMs;
  if (ms <= 0) return null;
  return { bytesPerSecond: ((last.bytes - half.bytes) / ms) * 1000, bytes: last.bytes };
}
