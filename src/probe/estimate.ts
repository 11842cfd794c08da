import { median } from './rounds.ts';
import type { Samples } from './samples.ts';
import type { Workload } from './workload.ts';

/** Where no download could be measured: a rate that is usual, with an uncertainty that says so. */
const assumedBytesPerSecond = 3_000_000;
/** What unpacking and hashing takes of the worker that has fetched a zip: 60 ns a byte, measured with 44 MB on 2 cores. */
const unpackMsPerByte = 60e-6;

export interface Estimate {
  estimatedPullMs: number;
  /** Half the width of the interval around it. */
  uncertaintyMs: number;
  bandwidthBytesPerSecond: number | null;
}

/**
 * How long a pull of this workload takes. `go mod download` works in three steps, one after another: all go.mods, GOMAXPROCS at
 * a time; all `.info`, strictly one by one; all zips, GOMAXPROCS at a time, each worker waiting for the answer, sharing the
 * line with the others, and unpacking. Null without any sample.
 */
export function estimate(samples: Samples, workload: Workload): Estimate | null {
  const all = [...samples.info, ...samples.mod, ...samples.zip];
  const usual = median(all);
  if (usual === null) return null;
  const of = (kind: 'info' | 'mod' | 'zip'): number => responseMs(samples[kind], usual);
  const rate = samples.bandwidth?.bytesPerSecond ?? null;
  const { bytes, uncertainty } = workload.sizes.total();
  const transferMs = (bytes / (rate ?? assumedBytesPerSecond)) * 1000;

  const { modules, goMods, zips, parallel } = workload;
  const requestsMs = modules * of('info') + (goMods * of('mod')) / parallel;
  const aloneMs = of('zip') + (bytes / zips) * unpackMsPerByte;
  const zipsMs = zips * cycleMs(aloneMs, transferMs / zips, parallel);
  const spread = median(all.map(value => Math.abs(value - usual))) ?? 0;
  const parts = [
    ((requestsMs + zips * of('zip')) * 1.5 * spread) / usual / Math.sqrt(all.length),
    transferMs * (rate === null ? 0.8 : 0.1),
    (transferMs * uncertainty) / Math.max(bytes, 1),
    (requestsMs + zipsMs) * 0.07,
  ];
  return {
    estimatedPullMs: requestsMs + zipsMs,
    uncertaintyMs: Math.hypot(...parts),
    bandwidthBytesPerSecond: rate,
  };
}

/** The median of one kind's samples; that of all where the two differ by no more than a few samples may by chance. */
function responseMs(samples: readonly number[], usual: number): number {
  const own = median(samples) ?? usual;
  return Math.abs(own - usual) <= 0.2 * usual ? usual : own;
}

/**
 * How long one zip takes on average when so many workers each spend `aloneMs` by themselves and `sharedMs` of a line's whole
 * rate, divided by the workers: a closed queue with one server, by mean value analysis, exact for a line that is shared evenly.
 */
function cycleMs(aloneMs: number, sharedMs: number, workers: number): number {
  let queue = 0;
  let ms = 0;
  for (let count = 1; count <= workers; count++) {
    const onLineMs = sharedMs * (1 + queue);
    ms = (aloneMs + onLineMs) / count;
    queue = onLineMs / ms;
  }
  return ms;
}
