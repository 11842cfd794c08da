import type { Samples } from './refine.ts';
import { median } from './rounds.ts';
import type { Workload } from './workload.ts';

/** Where no download could be measured: a rate that is usual, with an uncertainty that says so. */
const assumedBytesPerSecond = 3_000_000;

export interface Estimate {
  estimatedPullMs: number;
  /** Half the width of the interval around it. */
  uncertaintyMs: number;
  bandwidthBytesPerSecond: number | null;
}

/**
 * How long a pull of this workload takes: `modules x r(.info) + (zips x r(.zip) + go.mods x r(.mod)) / GOMAXPROCS + bytes / rate`.
 * The `.info` requests behave as if made one after another, the others go GOMAXPROCS at a time. Null without any sample.
 */
export function estimate(samples: Samples, workload: Workload): Estimate | null {
  const all = [...samples.info, ...samples.mod, ...samples.zip];
  const usual = median(all);
  if (usual === null) return null;
  const of = (kind: 'info' | 'mod' | 'zip'): number => median(samples[kind]) ?? usual;
  const requestsMs =
    workload.modules * of('info') + (workload.zips * of('zip') + workload.goMods * of('mod')) / workload.parallel;
  const rate = samples.bandwidth?.bytesPerSecond ?? null;
  const { bytes, uncertainty } = workload.sizes.total();
  const bytesMs = (bytes / (rate ?? assumedBytesPerSecond)) * 1000;
  const spread = median(all.map(value => Math.abs(value - usual))) ?? 0;
  const parts = [
    (requestsMs * (1.5 * spread)) / usual / Math.sqrt(all.length),
    bytesMs * (rate === null ? 0.8 : 0.15),
    (bytesMs * uncertainty) / Math.max(bytes, 1),
    requestsMs * 0.05,
  ];
  return {
    estimatedPullMs: requestsMs + bytesMs,
    uncertaintyMs: Math.hypot(...parts),
    bandwidthBytesPerSecond: rate,
  };
}
