import { isMutable, type ProxyFile } from '../modproxy/proxy-file.ts';
import { guessedBytes } from './attempt.ts';
import type { Upstream } from './upstream.ts';

/** How urgent a file is: go waits for it, or it is fetched ahead; of these the small ones first. */
export type Urgency = 'wanted' | 'small' | 'zip';
const levels: readonly Urgency[] = ['wanted', 'small', 'zip'];

/** A file that waits for an upstream with room. */
export interface Claim {
  file: ProxyFile;
  urgency: Urgency;
  refuses(upstream: Upstream): boolean;
  grant(upstream: Upstream): void;
}

/** Upstreams that may stand in for one another, and the files that wait for them. */
export interface Pool {
  readonly upstreams: readonly Upstream[];
  enqueue(claim: Claim): void;
  withdraw(claim: Claim): void;
  /** Lets a file that waits overtake the others. */
  promote(claim: Claim): void;
  /** The best upstream for a file whether it has room or not, or null where the claim refuses all. */
  best(claim: Pick<Claim, 'file' | 'refuses'>): Upstream | null;
  /** To be called when there may be room again. */
  dispatch(): void;
}

/** Bytes of zips under way at one upstream: twice what fits into the line, so that it never runs dry. */
const window = { least: 1_500_000, unknown: 3_000_000, most: 12_000_000 };
const zipsAtOnce = 40;
/** Before the first answer of one among several upstreams. */
const untriedRequests = 16;
/** Room beyond an upstream's own for what go is waiting for. */
const extraForWanted = 8;

export function openPool(upstreams: readonly Upstream[]): Pool {
  const waiting: Record<Urgency, Claim[]> = { wanted: [], small: [], zip: [] };
  const remove = (claim: Claim): void => {
    for (const level of levels) {
      const at = waiting[level].indexOf(claim);
      if (at >= 0) waiting[level].splice(at, 1);
    }
  };
  /** `disturbs`: even one that should rest, where there is no other. */
  const choose = (
    claim: Pick<Claim, 'file' | 'refuses'>,
    disturbs: boolean,
    fits: (upstream: Upstream) => boolean,
  ): Upstream | null => {
    const now = performance.now();
    const open = upstreams.filter(upstream => !claim.refuses(upstream));
    const rested = open.filter(({ estimate }) => !estimate.isResting(now));
    const able = (rested.length > 0 || !disturbs ? rested : open).filter(fits);
    if (isMutable(claim.file)) return able[0] ?? null;
    let best: Upstream | null = null;
    for (const upstream of able) if (!best || cost(upstream, claim.file) < cost(best, claim.file)) best = upstream;
    return best;
  };
  const upstreamFor = (claim: Claim, level: Urgency): Upstream | null =>
    choose(claim, level === 'wanted', each => hasRoom(each, claim, level, upstreams.length > 1));
  const dispatchWanted = (): void => {
    const claims = waiting.wanted;
    waiting.wanted = [];
    for (const claim of claims) {
      const upstream = upstreamFor(claim, 'wanted');
      if (upstream) claim.grant(upstream);
      else waiting.wanted.push(claim);
    }
  };
  /** In their order: what comes first is needed first. */
  const dispatchAhead = (level: Urgency): void => {
    for (let claim = waiting[level][0]; claim; claim = waiting[level][0]) {
      const upstream = upstreamFor(claim, level);
      if (!upstream) return;
      waiting[level].shift();
      claim.grant(upstream);
    }
  };
  const pool: Pool = {
    upstreams,
    enqueue: claim => {
      waiting[claim.urgency].push(claim);
      pool.dispatch();
    },
    withdraw: remove,
    promote: claim => {
      if (claim.urgency === 'wanted' || !waiting[claim.urgency].includes(claim)) return;
      remove(claim);
      claim.urgency = 'wanted';
      pool.enqueue(claim);
    },
    best: claim => choose(claim, true, () => true),
    dispatch: () => {
      dispatchWanted();
      dispatchAhead('small');
      dispatchAhead('zip');
    },
  };
  return pool;
}

function hasRoom(upstream: Upstream, { file }: Claim, level: Urgency, hasOthers: boolean): boolean {
  const { estimate } = upstream;
  const untried = estimate.firstByteMs === null && hasOthers;
  const limit = Math.min(upstream.parallel(), untried ? untriedRequests : Number.POSITIVE_INFINITY);
  if (level === 'wanted') return estimate.active < limit + extraForWanted;
  if (file.kind !== 'zip') return estimate.active < limit;
  return estimate.active < Math.min(limit, zipsAtOnce) && estimate.activeBytes < windowOf(upstream);
}

function windowOf({ estimate }: Upstream): number {
  if (estimate.rate === null || estimate.firstByteMs === null) return window.unknown;
  return Math.min(window.most, Math.max(window.least, (2 * estimate.rate * estimate.firstByteMs) / 1000));
}

/** About how long this upstream would take for a file, milliseconds; one of which nothing is known comes first. */
function cost({ estimate }: Upstream, file: ProxyFile): number {
  const latency = estimate.firstByteMs ?? estimate.active;
  if (file.kind !== 'zip' || estimate.rate === null) return latency;
  return latency + ((estimate.activeBytes + guessedBytes(file)) * 1000) / estimate.rate;
}
