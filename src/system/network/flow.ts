import type { Http2Connection } from './http2.ts';

/**
 * Keeps what is under way on all connections to a server together at what the line holds. A sender that finds no end of the window fills
 * the queue before the slowest part of the line until packets are dropped, on all connections at once, and takes seconds to recover.
 */
export interface Flow {
  /** To be called when something large was asked for. */
  start(): void;
  stop(): void;
}

/** Enough for 1 Gbit/s nearby, and for the first round trips everywhere; bytes. */
const firstBytes = 2 * 1024 * 1024;
const mostBytes = 64 * 1024 * 1024;
/** What each connection begins with, and never goes below. */
export const flowStart = 256 * 1024;
/**
 * What may be under way grows while no queue is seen, and shrinks when one takes more than half a round trip: commonly it takes a whole one
 * before it overflows. The bounds are in times of what the line holds: its rate times the round trip without a queue.
 */
const growth = { by: 1.5, queue: 0.2, full: 0.35, most: 4 };
const shrinking = { by: 0.8, queue: 0.5, least: 1.5 };
/** How long a rate counts that was seen; milliseconds. */
const memoryMs = 3000;
const leastStepMs = 50;

/** `connections`: those that are open, the first of which carries nothing large where there are several. */
export function openFlow(connections: () => readonly Http2Connection[]): Flow {
  let isRunning = false;
  let isStopped = false;
  let roundTripMs = Number.POSITIVE_INFINITY;
  let total = firstBytes;
  let rates: { at: number; bytesPerMs: number }[] = [];

  const run = async (): Promise<void> => {
    let before = { at: performance.now(), bytes: received() };
    while (!isStopped && connections().some(({ bulk }) => bulk > 0)) {
      spread();
      const took = await connections()[0]?.ping();
      if (typeof took !== 'number') break;
      roundTripMs = Math.min(roundTripMs, took);
      await pause(Math.max(leastStepMs, roundTripMs - took));
      const now = { at: performance.now(), bytes: received() };
      const bytesPerMs = (now.bytes - before.bytes) / (now.at - before.at);
      rates = [...rates.filter(({ at }) => now.at - at < memoryMs), { at: now.at, bytesPerMs }];
      before = now;
      adjust((took - roundTripMs) / roundTripMs);
    }
  };
  const received = (): number => connections().reduce((sum, one) => sum + one.received, 0);
  /** `queue`: how much longer than without one the last round trip took, as a share. */
  const adjust = (queue: number): void => {
    const holds = Math.max(0, ...rates.map(({ bytesPerMs }) => bytesPerMs)) * roundTripMs;
    // While less is sent than may be, more would bring nothing now, and a burst later.
    const isFull = (rates.at(-1)?.bytesPerMs ?? 0) * roundTripMs > total * growth.full;
    if (queue < growth.queue && isFull) total = Math.max(total, Math.min(total * growth.by, growth.most * holds));
    if (queue > shrinking.queue) total = Math.min(total, Math.max(total * shrinking.by, shrinking.least * holds));
    total = Math.min(mostBytes, Math.max(firstBytes, total));
  };
  const spread = (): void => {
    const carrying = connections().filter(({ bulk }) => bulk > 0);
    for (const one of carrying) one.limit(Math.max(flowStart, Math.round(total / carrying.length)));
  };
  return {
    start() {
      if (isRunning) return;
      isRunning = true;
      void run().finally(() => {
        isRunning = false;
      });
    },
    stop() {
      isStopped = true;
    },
  };
}

/** Keeps no process alive. */
export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms).unref());
