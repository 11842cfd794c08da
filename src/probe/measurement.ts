import { shortName } from '../mirrors/resolve.ts';
import { maskValue } from '../system/secrets.ts';
import type { MirrorProbe } from './result.ts';

/** What is kept of a probe for later choices: no login, no query and no name of a module. */
export interface Measurement {
  /** Host and path of the mirror's URL. */
  mirror: string;
  /** When, milliseconds since 1970. */
  atMs: number;
  outcome: 'works' | 'fails';
  /** The estimated pull, at least 1, and half the width of its interval, milliseconds; null where it fails, or nothing was measured. */
  estimatedMs: number | null;
  uncertaintyMs: number | null;
}

/** So old, and so many of a mirror and in all, measurements are used and kept. */
const most = { ageMs: 7 * 24 * 3_600_000, ofMirror: 50, all: 1000 };

/** A probe as a measurement at the time `atMs`. */
export function measurementOf(
  probe: Pick<MirrorProbe, 'url' | 'status' | 'estimatedPullMs' | 'uncertaintyMs'>,
  atMs: number,
): Measurement {
  const { url, status, estimatedPullMs, uncertaintyMs } = probe;
  const isMeasured = status !== 'fail' && estimatedPullMs !== null;
  return {
    // A login that no parser would take for one is found by `maskValue`.
    mirror: shortName(maskValue(url)),
    atMs,
    outcome: status === 'fail' ? 'fails' : 'works',
    estimatedMs: isMeasured ? Math.max(1, Math.round(estimatedPullMs)) : null,
    uncertaintyMs: isMeasured ? Math.round(uncertaintyMs ?? estimatedPullMs) : null,
  };
}

/** Those that still count, oldest first: of the last 7 days, the newest 50 of each mirror, 1000 in all; none of the future. */
export function stillCounting(measurements: readonly Measurement[], nowMs: number): Measurement[] {
  const seen = new Map<string, number>();
  const newestFirst = measurements
    .filter(({ atMs }) => atMs <= nowMs && nowMs - atMs <= most.ageMs)
    .sort((a, b) => a.atMs - b.atMs)
    .reverse()
    .filter(({ mirror }) => {
      const count = (seen.get(mirror) ?? 0) + 1;
      seen.set(mirror, count);
      return count <= most.ofMirror;
    });
  return newestFirst.slice(0, most.all).reverse();
}
