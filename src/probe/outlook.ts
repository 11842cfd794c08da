import type { Measurement } from './measurement.ts';

/** What is expected of a mirror's pulls in the time to come. */
export interface Outlook {
  /** Natural logarithm of the milliseconds that a pull takes, outages included. */
  logMs: number;
  /** Standard deviation of `logMs`: 0.1 is about 10 %. */
  doubt: number;
}

/** How far the true pull time of a mirror wanders in an hour, and at most, from load and routes (standard deviation of the logarithm). */
const drift = { inHour: 0.06, atMost: 0.4 };
/** No measurement is surer than this: seconds stand for hours. */
const leastDoubt = 0.1;
/** A measurement that is further from what was expected than so many standard deviations counts as one that is just so far. */
const furthest = 2.5;
/** Failures are forgotten by half in so many hours; at first a mirror is taken for one that has failed so seldom in so many measurements. */
const failing = { halfLifeHours: 24, count: 10, share: 0.02 };
/** A pull that meets an outage costs as much as so many others: the wait, the search for the cause, and the pull elsewhere. */
const outageCost = 3;

const hourMs = 3_600_000;

/**
 * The outlook of one mirror, by its measurements up to `nowMs`, oldest first; null where none has a pull time.
 *
 * Pull times are smoothed as logarithms, since load and jitter multiply them. Each measurement counts by how sure it is (its own
 * interval) and how old: the doubt about the true time grows with the square root of the hours since, up to a limit. So a fresh
 * measurement outweighs older ones, many of the last hours outweigh one that is off, and yesterday's still say something. This is a Kalman
 * filter of a level that wanders, and what is far off is cut to 2.5 standard deviations. At last the share of measurements that
 * failed, the recent ones counting more, makes the expected pull longer.
 */
export function outlookOf(measurements: readonly Measurement[], nowMs: number): Outlook | null {
  let level: (Outlook & { atMs: number }) | null = null;
  for (const { atMs, estimatedMs, uncertaintyMs } of measurements) {
    if (estimatedMs === null || uncertaintyMs === null) continue;
    const measured: Outlook = {
      logMs: Math.log(estimatedMs),
      doubt: Math.hypot(uncertaintyMs / estimatedMs, leastDoubt),
    };
    level = { ...(level === null ? measured : updated(aged(level, atMs - level.atMs), measured)), atMs };
  }
  if (level === null) return null;
  const { logMs, doubt } = aged(level, nowMs - level.atMs);
  return { logMs: logMs + Math.log(1 + failingShare(measurements, nowMs) * (outageCost - 1)), doubt };
}

/** The same after a while in which nothing was measured. */
function aged({ logMs, doubt }: Outlook, ms: number): Outlook {
  const grown = Math.hypot(doubt, drift.inHour * Math.sqrt(ms / hourMs));
  return { logMs, doubt: Math.min(grown, Math.max(doubt, drift.atMost)) };
}

/** What was expected and what was measured, each by how sure it is. */
function updated(expected: Outlook, measured: Outlook): Outlook {
  const spread = Math.hypot(expected.doubt, measured.doubt);
  const limit = furthest * spread;
  const surprise = Math.max(-limit, Math.min(limit, measured.logMs - expected.logMs));
  return {
    logMs: expected.logMs + (expected.doubt / spread) ** 2 * surprise,
    doubt: (expected.doubt * measured.doubt) / spread,
  };
}

/** How likely the mirror fails: as seldom as mirrors do, until its measurements show otherwise. */
function failingShare(measurements: readonly Measurement[], nowMs: number): number {
  let count = failing.count;
  let failed = failing.count * failing.share;
  for (const { atMs, outcome } of measurements) {
    const weight = 2 ** (-(nowMs - atMs) / hourMs / failing.halfLifeHours);
    count += weight;
    if (outcome === 'fails') failed += weight;
  }
  return failed / count;
}
