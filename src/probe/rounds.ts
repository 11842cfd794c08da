import type { MirrorProbe } from './result.ts';
import { addScores } from './score.ts';

/** One result a mirror from several rounds: medians of what was measured, and a verdict that remembers a failure. */
export function combineRounds(rounds: readonly (readonly MirrorProbe[])[]): MirrorProbe[] {
  const last = rounds.at(-1) ?? [];
  if (rounds.length < 2) return [...last];
  return addScores(
    last.map((probe, index) =>
      combine(
        rounds.flatMap(round => round[index] ?? []),
        probe,
      ),
    ),
  );
}

function combine(seen: readonly MirrorProbe[], last: MirrorProbe): MirrorProbe {
  const good = seen.filter(({ status }) => status !== 'fail');
  const failure = seen.findLast(({ status }) => status === 'fail');
  if (good.length === 0) return last;
  const { status, cause, reason, target, detail } =
    failure ?? good.findLast(probe => probe.status === 'degraded') ?? good.at(-1)!;
  const estimates = numbers(good, probe => probe.estimatedPullMs);
  const middle = median(estimates);
  const spread = middle === null ? null : median(estimates.map(value => Math.abs(value - middle)));
  const own = median(numbers(good, probe => probe.uncertaintyMs));
  return {
    ...good.at(-1)!,
    // A mirror that failed in one round of several is there, but not to be relied on.
    status: status === 'fail' ? 'degraded' : status,
    cause,
    reason,
    target,
    detail,
    phases: {
      dnsMs: median(numbers(good, ({ phases }) => phases.dnsMs)),
      connectMs: median(numbers(good, ({ phases }) => phases.connectMs)),
      tlsMs: median(numbers(good, ({ phases }) => phases.tlsMs)),
      ttfbMs: median(numbers(good, ({ phases }) => phases.ttfbMs)),
      totalMs: median(numbers(good, ({ phases }) => phases.totalMs)),
    },
    requests: seen.flatMap(({ requests }) => requests),
    bandwidthBytesPerSecond: median(numbers(good, probe => probe.bandwidthBytesPerSecond)),
    estimatedPullMs: middle,
    // The rounds are independent of one another.
    uncertaintyMs: own === null || spread === null ? own : Math.max(own / Math.sqrt(good.length), spread),
  };
}

function numbers(probes: readonly MirrorProbe[], of: (probe: MirrorProbe) => number | null): number[] {
  return probes.map(of).filter(value => value !== null);
}

/** The middle one, or the mean of the two in the middle; null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
