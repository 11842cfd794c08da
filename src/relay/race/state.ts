import type { Cause } from '../../causes.ts';
import type { Body } from '../../modproxy/body.ts';
import type { AttemptResult } from '../attempt.ts';
import type { Failure, Outcome } from '../outcome.ts';

/** One of the upstreams that race for a file. */
export interface Racer {
  /** The place in the user's list; who is asked is named by it. */
  index: number;
  name: string;
  /** What lets go ask the next entry: `,` not-found, `|` any-error; null at the end of the list. */
  fallsBackOn: 'not-found' | 'any-error' | null;
}

/** One request under way. */
export interface Running {
  id: number;
  racer: number;
  /** All of it has arrived, and is being looked at. */
  complete: boolean;
  /** It was too slow and was aborted; where it brings the file all the same, that counts. */
  left: boolean;
}

/** How an upstream's last attempt at this file ended. `final`: a failure that would be the same the next time. */
export type Verdict = 'not-found' | 'forbidden' | 'failed' | 'final';

/** Everything that a race knows. A value: each event makes the next one. */
export interface RaceState {
  readonly racers: readonly Racer[];
  readonly startedAt: number;
  readonly over: boolean;
  readonly running: readonly Running[];
  readonly verdicts: ReadonlyMap<number, Verdict>;
  readonly failures: ReadonlyMap<number, Failure>;
  /** Status of those that did not have it or refused it. */
  readonly statuses: ReadonlyMap<number, 404 | 410 | 401 | 403>;
  /** Nobody behind this place is asked: a refusal before a comma is final. */
  readonly barrier: number;
  /** The best of what is not right, for go to see where nothing better comes. */
  readonly lastResort: { body: Body; racer: number } | null;
  readonly first: number | null;
  readonly attempts: number;
  readonly round: number;
  /** Before this an upstream is not asked again: it said so. */
  readonly restUntil: ReadonlyMap<number, number>;
  /** When all are asked again; null outside of a pause. */
  readonly pauseEnds: number | null;
}

/** What is known of a running request when the clock ticks. */
interface Seen {
  /** Slower than what was seen in this run lets expect. */
  late: boolean;
  /** For how long it has sent nothing, milliseconds. */
  quietMs: number;
}

/** What the run looks like at the moment of an event. */
export interface View {
  /** The upstreams from the best to the worst. */
  ranking: readonly number[];
  /** Those that failed so often in a row that one more failure would say nothing new. */
  hopeless: ReadonlySet<number>;
  /** By the number of the request. */
  seen: ReadonlyMap<number, Seen>;
  /** When any upstream of the run last sent a byte. */
  lastByteAt: number;
}

export type RaceEvent =
  /** `gaveUp`: the run has heard nothing for so long that nothing is asked now. */
  | { kind: 'start'; gaveUp: boolean }
  | { kind: 'granted'; racer: number }
  | { kind: 'arrived'; id: number }
  | {
      kind: 'ended';
      id: number;
      result: AttemptResult;
      /** Why a whole file is not the right one; null where it is, or where nothing is known of it. */
      wrong: string | null;
      view: View;
    }
  | { kind: 'tick'; view: View }
  /** The run is being ended, or something of ours broke. */
  | { kind: 'stop'; failure: Failure };

/** What is to be done. The session carries it out, in this order. */
export type RaceAction =
  /** Waits for an upstream with room; answered by `granted`. */
  | { kind: 'enqueue' }
  | { kind: 'withdraw' }
  | { kind: 'ask'; id: number; racer: number; fresh: boolean }
  | { kind: 'abort'; id: number }
  | { kind: 'release'; body: Body }
  /** What an upstream's answer says of its health. */
  | { kind: 'credit'; racer: number }
  | { kind: 'blame'; racer: number; id: number; cause: Cause; restMs: number | null }
  /** One that failed at a file, whatever that says of its health: for the summary. */
  | { kind: 'count-failure'; racer: number }
  | { kind: 'failed-over' }
  /** Nothing came for so long that what is asked next fails at once. */
  | { kind: 'give-up' }
  | { kind: 'settle'; outcome: Outcome };

export interface Step {
  state: RaceState;
  actions: readonly RaceAction[];
}

export function newRace(racers: readonly Racer[], startedAt: number): RaceState {
  return {
    racers,
    startedAt,
    over: false,
    running: [],
    verdicts: new Map(),
    failures: new Map(),
    statuses: new Map(),
    barrier: Number.POSITIVE_INFINITY,
    lastResort: null,
    first: null,
    attempts: 0,
    round: 0,
    restUntil: new Map(),
    pauseEnds: null,
  };
}

/** Whether an upstream must not be asked now. */
export function refuses(state: RaceState, racer: number, now: number): boolean {
  return (
    state.over ||
    racer > state.barrier ||
    state.verdicts.has(racer) ||
    (state.restUntil.get(racer) ?? 0) > now ||
    state.running.some(running => running.racer === racer && !running.left)
  );
}

/** The requests that still race: not those that were left, nor those beyond a barrier. */
export function racing({ running, barrier }: RaceState): Running[] {
  return running.filter(({ racer, left }) => racer <= barrier && !left);
}
