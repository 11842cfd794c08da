import type { Cause } from '../causes.ts';

/** What a run got, and from where. */
export interface RelaySummary {
  /** Modules whose zip was handed to go. */
  modules: number;
  bytes: number;
  durationMs: number;
  upstreams: { name: string; requests: number; bytes: number; failures: number }[];
  /** Files that came from another upstream than the one that was asked first. */
  failovers: number;
  /** Files that came in the end although an upstream failed at them, by the cause of the last such failure. */
  healed: Partial<Record<Cause, number>>;
}

/** What a run without a relay has to say. */
export function emptySummary(durationMs: number): RelaySummary {
  return { modules: 0, bytes: 0, durationMs: Math.round(durationMs), upstreams: [], failovers: 0, healed: {} };
}

/** Several relays one after the other as one. */
export function sumOf(summaries: readonly RelaySummary[]): RelaySummary {
  const sum = emptySummary(0);
  for (const { modules, bytes, durationMs, failovers, upstreams, healed } of summaries) {
    sum.modules += modules;
    sum.bytes += bytes;
    sum.durationMs += durationMs;
    sum.failovers += failovers;
    for (const upstream of upstreams) {
      const known = sum.upstreams.find(({ name }) => name === upstream.name);
      if (!known) sum.upstreams.push({ ...upstream });
      else {
        known.requests += upstream.requests;
        known.bytes += upstream.bytes;
        known.failures += upstream.failures;
      }
    }
    sum.healed = addedUp([sum.healed, healed]);
  }
  return sum;
}

/** One more of a cause. */
export function countOne(counts: RelaySummary['healed'], cause: Cause): void {
  counts[cause] = (counts[cause] ?? 0) + 1;
}

/** Counts by cause, added up. */
export function addedUp(all: readonly RelaySummary['healed'][]): RelaySummary['healed'] {
  const sum: RelaySummary['healed'] = {};
  for (const [cause, times] of all.flatMap(counts => Object.entries(counts) as [Cause, number][]))
    sum[cause] = (sum[cause] ?? 0) + times;
  return sum;
}
