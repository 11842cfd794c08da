import type { Cause } from '../causes.ts';

/** What was seen of an upstream in this run: how fast it answers, how fast it sends, whether it fails. Times in milliseconds. */
export interface UpstreamHealth {
  /** Expected wait for the first byte; null before the first answer. */
  readonly firstByteMs: number | null;
  /** How long the first byte may take before that is suspicious. */
  readonly patienceMs: number;
  /** Bytes per second while it was busy; null before enough was seen. */
  readonly rate: number | null;
  /** Whether it now sends clearly less than it has shown it can: more requests at a time may bring more. */
  hasSlack(now: number): boolean;
  /** Attempts under way, and what they have still to send, as far as known. */
  readonly active: number;
  /** Those of them that are about a zip. */
  readonly activeZips: number;
  readonly activeBytes: number;
  /** So many failures in a row that one more would say nothing new. */
  isHopeless(now: number): boolean;
  /** For how long it has sent nothing at all. */
  silentMs(now: number): number;
  /** Whether it should be left alone for now; and whether it has said so itself. */
  isResting(now: number): boolean;
  isToldToRest(now: number): boolean;
  started(expectedBytes: number, isZip: boolean): void;
  /** The head of an answer said how long the body is. */
  corrected(expectedBytes: number, before: number): void;
  received(bytes: number): void;
  ended(remainingBytes: number, isZip: boolean): void;
  answered(waitedMs: number): void;
  succeeded(): void;
  failed(failure: FailedRequest): void;
  /** Called regularly, to measure the rate. */
  tick(elapsedMs: number): void;
}

interface FailedRequest {
  startedAt: number;
  now: number;
  cause: Cause;
  /** The upstream asked to be left alone for so long. */
  restMs: number | null;
}

/** Nobody listens there: what is known at once is not in doubt for long. */
const shut: ReadonlySet<Cause> = new Set(['connection-refused', 'network-unreachable']);
const shutForGoodMs = 800;
/** How long before the first answer is suspicious, when nothing is known of an upstream. */
const firstPatienceMs = 2000;
const leastPatienceMs = 400;
/** However much rest an upstream earns by failing, it gets no more. */
const longestRestMs = 8000;
/** `Retry-After` is waited for up to this; one that asks for more is not asked again. */
export const longestToldRestMs = 30_000;
/** A failure or two may be about a file; more are about the upstream. */
const failuresBeforeRest = 2;
const failuresBeforeHopeless = 4;
/** Failures of less than this are no lasting ones. */
const hopelessAfterMs = 5000;
/** A line that carries this much of the best that was seen is full, unless it has been silent for longer than this. */
const fullShare = 0.7;
const fullSilenceMs = 300;

export function startHealth(): UpstreamHealth {
  let mean: number | null = null;
  let deviation = 0;
  let rate: number | null = null;
  let best: number | null = null;
  let active = 0;
  let activeZips = 0;
  let activeBytes = 0;
  let failing = 0;
  let failingSince = 0;
  let shutSince: number | null = null;
  let lastFailureAt = 0;
  let restsUntil = 0;
  let toldUntil = 0;
  let isTooLong = false;
  let sinceTick = 0;
  let lastByteAt = performance.now();
  return {
    get firstByteMs() {
      return mean;
    },
    get patienceMs() {
      return mean === null ? firstPatienceMs : Math.max(leastPatienceMs, 2.5 * mean + 4 * deviation);
    },
    get rate() {
      return rate;
    },
    get active() {
      return active;
    },
    get activeZips() {
      return activeZips;
    },
    get activeBytes() {
      return activeBytes;
    },
    isHopeless: now =>
      isTooLong ||
      (failing >= failuresBeforeHopeless && now - failingSince > hopelessAfterMs && now >= toldUntil) ||
      (shutSince !== null && now - shutSince > shutForGoodMs),
    silentMs: now => now - lastByteAt,
    // The rate is that of busy times: it stays where nothing comes any more.
    hasSlack: now => now - lastByteAt > fullSilenceMs || rate === null || best === null || rate < fullShare * best,
    isResting: now => now < toldUntil || (failing >= failuresBeforeRest && (now < restsUntil || active > 0)),
    isToldToRest: now => now < toldUntil,
    started: (expected, isZip) => {
      active += 1;
      if (isZip) activeZips += 1;
      activeBytes += expected;
    },
    corrected: (expected, before) => {
      activeBytes += expected - before;
    },
    received: bytes => {
      lastByteAt = performance.now();
      sinceTick += bytes;
      activeBytes -= bytes;
    },
    ended: (remaining, isZip) => {
      active -= 1;
      if (isZip) activeZips -= 1;
      activeBytes = active === 0 ? 0 : activeBytes - remaining;
    },
    answered: waited => {
      shutSince = null;
      lastByteAt = performance.now();
      deviation = mean === null ? waited / 2 : 0.8 * deviation + 0.2 * Math.abs(waited - mean);
      mean = mean === null ? waited : 0.8 * mean + 0.2 * waited;
    },
    succeeded: () => {
      failing = 0;
      isTooLong = false;
    },
    failed: ({ startedAt, now, cause, restMs }) => {
      shutSince = shut.has(cause) ? (shutSince ?? now) : null;
      // What was under way at the time of the last failure may have ended with it: twenty streams of one connection are one.
      if (failing === 0 || startedAt > lastFailureAt) {
        if (failing === 0) failingSince = now;
        failing += 1;
        lastFailureAt = now;
      }
      if (restMs === null) restsUntil = now + Math.min(longestRestMs, 250 * 2 ** Math.min(failing, 6));
      else toldUntil = Math.max(toldUntil, now + restMs);
      isTooLong ||= restMs !== null && restMs > longestToldRestMs;
    },
    tick: elapsed => {
      if (active > 0 && sinceTick > 0) {
        const seen = (sinceTick * 1000) / elapsed;
        rate = rate === null ? seen : 0.9 * rate + 0.1 * seen;
        best = Math.max(best ?? 0, rate);
      }
      sinceTick = 0;
    },
  };
}
