import type { ProxyFile } from '../modproxy/proxy-file.ts';
import type { Outcome } from './outcome.ts';
import type { Pool, Urgency } from './pool.ts';
import { type Race, type RaceTrack, startRace } from './race.ts';
import type { Upstream } from './upstream.ts';

/**
 * The upstreams in the user's order, as far as the order counts: a gatekeeper and a `file://` proxy stand alone, the others
 * between them may stand in for one another.
 */
export function tiersOf(upstreams: readonly Upstream[]): Upstream[][] {
  const tiers: Upstream[][] = [];
  for (const upstream of upstreams) {
    const last = tiers.at(-1);
    if (last && !standsAlone(upstream) && !standsAlone(last[0]!)) last.push(upstream);
    else tiers.push([upstream]);
  }
  return tiers;
}

function standsAlone({ gatekeeper, url }: Upstream): boolean {
  return gatekeeper || url.protocol === 'file:';
}

/**
 * Looks for a file in one tier after another. Not found goes on, and so does every other failure but a refusal (401, 403);
 * past a gatekeeper before a comma only not found.
 */
export function startWalk(pools: readonly Pool[], file: ProxyFile, urgency: Urgency, track: RaceTrack): Race {
  let urgent = urgency;
  let current: Race | null = null;
  const walk = async (): Promise<Outcome> => {
    const failures = [];
    let notFound = false;
    for (const pool of pools) {
      current = startRace(pool, file, urgent, track);
      const outcome = await current.outcome;
      if (outcome.kind === 'file') return outcome;
      failures.push(...outcome.failures);
      if (outcome.kind === 'not-found') notFound = true;
      else if (outcome.kind === 'forbidden' || isBarred(pool)) return { ...outcome, failures };
    }
    return notFound ? { kind: 'not-found', status: 404, failures } : { kind: 'failed', failures };
  };
  return {
    outcome: walk(),
    promote: () => {
      urgent = 'wanted';
      current?.promote();
    },
  };
}

function isBarred({ upstreams }: Pool): boolean {
  return upstreams.some(({ gatekeeper, fallsBackOn }) => gatekeeper && fallsBackOn !== 'any-error');
}
