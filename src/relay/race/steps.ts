import type { Cause } from '../../causes.ts';
import type { Body } from '../../modproxy/body.ts';
import type { Complaint, Outcome } from '../outcome.ts';
import { nameOf } from './conclude.ts';
import type { RaceAction, RaceState, Running, Step, Verdict } from './state.ts';

/** Asks an upstream; `fresh`: on a connection of its own. */
export function ask(state: RaceState, racer: number, fresh: boolean): Step {
  const id = state.attempts;
  const running = [...state.running, { id, racer, complete: false, left: false }];
  return {
    state: { ...state, running, attempts: id + 1, first: state.first ?? racer },
    actions: [{ kind: 'ask', id, racer, fresh }],
  };
}

/** Ends the race, and undoes all that it has open. */
export function finish(state: RaceState, outcome: Outcome, before: readonly RaceAction[]): Step {
  const { lastResort } = state;
  const isHandedOn = outcome.kind === 'file' && outcome.body === lastResort?.body;
  const release: RaceAction[] = lastResort && !isHandedOn ? [{ kind: 'release', body: lastResort.body }] : [];
  return {
    state: { ...state, over: true, lastResort: null, pauseEnds: null },
    actions: [...before, { kind: 'withdraw' }, ...state.running.map(abort), ...release, { kind: 'settle', outcome }],
  };
}

/** Keeps the newest that is not right, and lets the one before it go. */
export function keep(state: RaceState, racer: number, body: Body): Step {
  const release: RaceAction[] = state.lastResort ? [{ kind: 'release', body: state.lastResort.body }] : [];
  return { state: { ...state, lastResort: { body, racer } }, actions: release };
}

export const abort = ({ id }: Running): RaceAction => ({ kind: 'abort', id });

/** The failure counts for the summary, and against the upstream's health. */
export function blamed(
  { racer, id }: Pick<Running, 'racer' | 'id'>,
  cause: Cause,
  restMs: number | null = null,
): RaceAction[] {
  return [
    { kind: 'count-failure', racer },
    { kind: 'blame', racer, id, cause, restMs },
  ];
}

export function noted(state: RaceState, racer: number, complaint: Complaint): RaceState {
  const failure = { upstream: nameOf(state, racer), ...complaint };
  return { ...state, failures: new Map(state.failures).set(racer, failure) };
}

export function withVerdict(state: RaceState, racer: number, verdict: Verdict): RaceState {
  return { ...state, verdicts: new Map(state.verdicts).set(racer, verdict) };
}

export function withRunning(state: RaceState, id: number, change: Partial<Running>): RaceState {
  return { ...state, running: state.running.map(each => (each.id === id ? { ...each, ...change } : each)) };
}

export const stalled = (words: string): Complaint => ({ cause: 'stalled', reason: null, words });
