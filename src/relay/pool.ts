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

/** Upstreams that may stand in for one another, or one alone, and the files that wait for them. */
export interface Pool {
  readonly upstreams: readonly Upstream[];
  enqueue(claim: Claim): void;
  withdraw(claim: Claim): void;
  /** Lets a file that waits overtake the others. */
  promote(claim: Claim): void;
  /** From the best for a file to the worst, whether they have room or not; those that should rest come last. */
  ranking(file: ProxyFile): readonly Upstream[];
  /** Whether a connection to an upstream has nothing to do, and no file waits for it. */
  isIdle(upstream: Upstream): boolean;
  /** To be called when there may be room again. */
  dispatch(): void;
  /** The same by each race that waits, on every tick: it is done once a tick. */
  tick(now: number): void;
}

/** Enough that a line of any length is full. */
const zipsAtOnce = 16;
/** What is small gets so much of the requests, so that zips fill the line from the beginning. */
const smallShare = 0.7;
/** So many that can't be served now may be passed over by what comes behind them. */
const mostPassedOver = 8;
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
  const ranking = (file: ProxyFile): readonly Upstream[] => {
    if (upstreams.length === 1) return upstreams;
    const now = performance.now();
    const costs = new Map(upstreams.map(upstream => [upstream, cost(upstream, file)]));
    const byOrder = (one: Upstream, other: Upstream): number => one.index - other.index;
    const byCost = (one: Upstream, other: Upstream): number =>
      costs.get(one)! - costs.get(other)! || byOrder(one, other);
    const sorted = [...upstreams].sort(isMutable(file) ? byOrder : byCost);
    const resting = sorted.filter(({ health }) => health.isResting(now));
    return [...sorted.filter(upstream => !resting.includes(upstream)), ...resting];
  };
  /**
   * The best that has room; one that should rest only for what go waits for, and only where there is no other, and never one that said
   * when it may be asked again.
   */
  const choose = (claim: Claim, level: Urgency): Upstream | null => {
    const now = performance.now();
    const open = ranking(claim.file).filter(upstream => !claim.refuses(upstream) && !upstream.health.isToldToRest(now));
    const rested = open.filter(({ health }) => !health.isResting(now));
    const able = (rested.length > 0 || level !== 'wanted' ? rested : open).filter(upstream =>
      hasRoom(upstream, claim, level, upstreams.length > 1),
    );
    return able[0] ?? null;
  };
  const dispatchWanted = (): void => {
    const claims = waiting.wanted;
    waiting.wanted = [];
    for (const claim of claims) {
      const upstream = choose(claim, 'wanted');
      if (upstream) claim.grant(upstream);
      else waiting.wanted.push(claim);
    }
  };
  /** In their order: what comes first is needed first. */
  const dispatchAhead = (level: Urgency): void => {
    for (let at = 0; at < mostPassedOver; ) {
      const claim = waiting[level][at];
      const upstream = claim && choose(claim, level);
      if (!claim) return;
      if (upstream) waiting[level].splice(at, 1);
      else at += 1;
      if (upstream) claim.grant(upstream);
    }
  };
  let tickedAt = Number.NEGATIVE_INFINITY;
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
    ranking,
    isIdle: upstream => levels.every(level => waiting[level].length === 0) && upstream.idle() > 0,
    dispatch: () => {
      dispatchWanted();
      dispatchAhead('small');
      dispatchAhead('zip');
    },
    tick: now => {
      if (now === tickedAt) return;
      tickedAt = now;
      pool.dispatch();
    },
  };
  return pool;
}

function hasRoom(upstream: Upstream, { file }: Claim, level: Urgency, hasOthers: boolean): boolean {
  const { health } = upstream;
  const untried = health.firstByteMs === null && hasOthers;
  const limit = Math.min(upstream.parallel(), untried ? untriedRequests : Number.POSITIVE_INFINITY);
  if (level === 'wanted') return health.active < limit + extraForWanted;
  const zips = health.activeZips;
  if (file.kind !== 'zip') return health.active - zips < Math.ceil(limit * smallShare);
  return health.active < limit && zips < zipsAtOnce;
}

/** About how long this upstream would take for a file, milliseconds; one of which nothing is known comes first. */
function cost({ health }: Upstream, file: ProxyFile): number {
  const latency = health.firstByteMs ?? health.active;
  if (file.kind !== 'zip' || health.rate === null) return latency;
  return latency + ((health.activeBytes + guessedBytes(file)) * 1000) / health.rate;
}
