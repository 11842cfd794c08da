import type { Exchanged } from '../system/network/exchange.ts';
import { median } from './rounds.ts';

export interface Bandwidth {
  bytesPerSecond: number;
  /** Bytes that it was measured with. */
  bytes: number;
}

type Arrival = Exchanged['arrivals'][number];

/** Less than this says nothing about a line. */
const leastBytes = 60_000;
/** The first part of a body is left out: slow start's small bursts, and what waited in a buffer. */
const skippedShare = 0.4;
/** The rest is looked at in windows of this share of the body, and of at least two TLS records, since each comes at once. */
const windowShare = 0.04;
const leastWindowBytes = 32_768;

/**
 * The rate of the line: the median over small windows of the body's later part. In TCP's slow start the packets come in bursts
 * with pauses between, and after a loss much comes at once; but most windows lie within a burst, where packets come as fast as
 * the line carries them. A long pull has the pauses behind it. Null where too little came.
 */
export function bandwidthOf({ arrivals }: Pick<Exchanged, 'arrivals'>): Bandwidth | null {
  const bytes = arrivals.at(-1)?.bytes ?? 0;
  if (bytes < leastBytes) return null;
  const usual = median(windowRates(arrivals, bytes));
  const sustained = highestRate(arrivals, 0.3 * bytes);
  // Where losses are many, most of it comes in heaps, faster than any line: then what a third of the body came at.
  const heaped = usual !== null && sustained !== null && usual > 3 * sustained;
  const bytesPerSecond = heaped ? sustained : (usual ?? sustained);
  return bytesPerSecond === null ? null : { bytesPerSecond, bytes };
}

/** Bytes a second in each window of the later part, one after the other. */
function windowRates(arrivals: readonly Arrival[], total: number): number[] {
  const rates: number[] = [];
  const window = Math.max(windowShare * total, leastWindowBytes);
  const later = arrivals.filter(({ bytes }) => bytes >= skippedShare * total);
  let start = later[0]!;
  for (const arrival of later) {
    if (arrival.bytes - start.bytes < window) continue;
    rates.push(rateBetween(start, arrival));
    start = arrival;
  }
  return rates;
}

/** The most that any stretch of so many bytes came at. */
function highestRate(arrivals: readonly Arrival[], stretch: number): number | null {
  let best = 0;
  let end = 0;
  for (const start of arrivals) {
    while (end < arrivals.length && arrivals[end]!.bytes - start.bytes < stretch) end++;
    const last = arrivals[end];
    if (!last) break;
    best = Math.max(best, rateBetween(start, last));
  }
  return best > 0 ? best : null;
}

function rateBetween(start: Arrival, end: Arrival): number {
  return ((end.bytes - start.bytes) / Math.max(end.atMs - start.atMs, 0.01)) * 1000;
}
