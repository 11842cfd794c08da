import type { Failure, Outcome } from '../outcome.ts';
import type { Racer, RaceState } from './state.ts';

/** What the race ends with where no right file came: what go would do after these answers, each in its turn. */
export function conclusion(state: RaceState): Outcome {
  const failures = failuresOf(state);
  if (state.lastResort) {
    const { body, racer } = state.lastResort;
    return { kind: 'file', body, upstream: nameOf(state, racer), right: false, failures };
  }
  // The first that stops go decides; where none does, the gravest.
  const stopping = state.racers.find(racer => !letsGoOn(state, racer));
  const decisive = stopping ?? state.racers.find(({ index }) => state.verdicts.get(index) !== 'not-found');
  const goesOn = stopping === undefined;
  if (!decisive)
    return { kind: 'not-found', status: state.statuses.get(state.racers[0]!.index) ?? 404, goesOn, failures };
  const status = state.statuses.get(decisive.index);
  if (status === 401 || status === 403) return { kind: 'forbidden', status, goesOn, failures };
  return { kind: 'failed', status: 502, goesOn, failures };
}

/**
 * `,` lets 404 and 410 go on, `|` every failure (cmd/go/internal/modfetch/proxy.go, `TryProxies`), but a silence: go waits for ever
 * then, and asks nobody else.
 */
function letsGoOn({ verdicts, failures }: RaceState, { index, fallsBackOn }: Racer): boolean {
  if (verdicts.get(index) === 'not-found') return true;
  return fallsBackOn === 'any-error' && failures.get(index)?.cause !== 'stalled';
}

export function failuresOf({ racers, failures }: RaceState): Failure[] {
  return racers.flatMap(({ index }) => failures.get(index) ?? []);
}

export function nameOf({ racers }: RaceState, racer: number): string {
  return racers.find(({ index }) => index === racer)?.name ?? '';
}
