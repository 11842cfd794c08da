import type { ProxyFile } from '../modproxy/proxy-file.ts';
import type { Failure, Outcome } from './outcome.ts';
import type { RelayPlan } from './plan.ts';
import type { Pool, Urgency } from './pool.ts';
import { startRace } from './race/start.ts';
import type { Race, RaceTrack } from './race.ts';
import type { Upstream } from './upstream.ts';

/** The upstreams in the user's order, as far as the order counts: public mirrors that are neighbours may stand in for one another. */
export function tiersOf<T extends Pick<Upstream, 'trust'>>(upstreams: readonly T[]): T[][] {
  const tiers: T[][] = [];
  for (const upstream of upstreams) {
    const last = tiers.at(-1);
    if (last && upstream.trust === 'public' && last[0]!.trust === 'public') last.push(upstream);
    else tiers.push([upstream]);
  }
  return tiers;
}

/** Looks for a file in one tier after another, as far as go would go on, and says what go is told. */
export function startWalk(
  pools: readonly Pool[],
  end: RelayPlan['end'],
  file: ProxyFile,
  urgency: Urgency,
  track: RaceTrack,
): Race {
  let urgent = urgency;
  let current: Race | null = null;
  const walk = async (): Promise<Outcome> => {
    const seen: Exclude<Outcome, { kind: 'file' }>[] = [];
    const failures: Failure[] = [];
    for (const pool of pools) {
      current = startRace(pool, file, urgent, track);
      const outcome = await current.outcome;
      failures.push(...outcome.failures);
      if (outcome.kind === 'file') return { ...outcome, failures };
      seen.push(outcome);
      if (!outcome.goesOn) return { ...outcome, failures };
    }
    return { ...atTheEnd(seen, end), failures };
  };
  return {
    outcome: walk(),
    promote: () => {
      urgent = 'wanted';
      current?.promote();
    },
  };
}

/**
 * All let go on: then go asks the origin itself, which a 404 makes it do. Where nothing is behind the proxies it shows the last
 * answer that was not 404, else the last of all (`TryProxies`, cmd/go/internal/modfetch/proxy.go).
 */
function atTheEnd(
  seen: readonly Exclude<Outcome, { kind: 'file' }>[],
  end: RelayPlan['end'],
): Exclude<Outcome, { kind: 'file' }> {
  const shown = seen.findLast(({ kind }) => kind !== 'not-found') ?? seen.at(-1)!;
  return end === 'direct' ? { ...shown, kind: 'not-found', status: shown.status === 410 ? 410 : 404 } : shown;
}
