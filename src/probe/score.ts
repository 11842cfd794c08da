import type { MirrorProbe } from './result.ts';

/** Gives each mirror 100 x fastest / own estimate, with one decimal: 0 where it fails, null where there is no estimate. */
export function addScores(probes: readonly MirrorProbe[]): MirrorProbe[] {
  const estimates = probes.flatMap(({ status, estimatedPullMs }) =>
    status === 'fail' || estimatedPullMs === null ? [] : [estimatedPullMs],
  );
  const fastest = Math.min(...estimates);
  return probes.map(probe => ({ ...probe, score: scoreOf(probe, fastest) }));
}

function scoreOf({ status, estimatedPullMs }: MirrorProbe, fastest: number): number | null {
  if (status === 'fail') return 0;
  return estimatedPullMs === null ? null : Math.round((1000 * fastest) / Math.max(estimatedPullMs, 1e-6)) / 10;
}
