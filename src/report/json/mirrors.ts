import type { MirrorProbe } from '../../probe/result.ts';

/** A probe as it stands in the JSON of `test` and `doctor`: times rounded to microseconds, rates and estimates to whole numbers. */
export function mirrorJson(probe: MirrorProbe): object {
  const { phases, requests, bandwidthBytesPerSecond, estimatedPullMs, uncertaintyMs, ...rest } = probe;
  return {
    ...rest,
    phases: Object.fromEntries(Object.entries(phases).map(([name, ms]) => [name, ms === null ? null : fine(ms)])),
    requests: requests.map(request => ({ ...request, totalMs: fine(request.totalMs) })),
    bandwidthBytesPerSecond: whole(bandwidthBytesPerSecond),
    estimatedPullMs: whole(estimatedPullMs),
    uncertaintyMs: whole(uncertaintyMs),
  };
}

export interface Summary {
  status: 'pass' | 'warn' | 'fail';
  pass: number;
  warn: number;
  fail: number;
}

/** Counts the mirrors that count: those in effect or named. The catalogue's others are alternatives. */
export function summarize(probes: readonly MirrorProbe[]): Summary {
  const counted = probes.filter(({ counts }) => counts);
  const of = (status: MirrorProbe['status']): number => counted.filter(probe => probe.status === status).length;
  const [pass, warn, fail] = [of('ok'), of('degraded'), of('fail')];
  return { status: fail > 0 ? 'fail' : warn > 0 ? 'warn' : 'pass', pass, warn, fail };
}

const fine = (ms: number): number => Math.round(ms * 1000) / 1000;
const whole = (value: number | null): number | null => (value === null ? null : Math.round(value));
