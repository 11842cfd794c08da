import type { Failure, Outcome } from '../outcome.ts';
import { conclusion, failuresOf, nameOf } from './conclude.ts';
import { judge } from './judge.ts';
import {
  type RaceAction,
  type RaceEvent,
  type RaceState,
  type Running,
  racing,
  refuses,
  type Step,
  type View,
} from './state.ts';
import { abort, ask, blamed, finish, noted, stalled, withRunning, withVerdict } from './steps.ts';

/** Waits between the rounds in which those that failed are asked again, milliseconds. */
export const pauses = [300, 600, 1200, 2400];
/** A rest of this length that a server asks for stands for one round more. */
const longRestMs = 10_000;
/** At most so many requests for one file at a time. */
export const lanes = 3;
/** When no upstream of the run has sent a byte for so long, it is given up. */
export const silenceMs = 20_000;
/** The only one that is left is asked once more on a new connection after so much silence for each request under way. */
const lonelyPatienceMs = 6000;

type EventOf<Kind extends RaceEvent['kind']> = Extract<RaceEvent, { kind: Kind }>;

/**
 * One step of a race for a file: the best upstream first, another beside it when it is slow, the next when it fails, all that
 * failed again after a pause. Pure: the clock is an argument, and what is to be done is returned.
 */
export function reduceRace(state: RaceState, event: RaceEvent, now: number): Step {
  switch (event.kind) {
    case 'start':
      return event.gaveUp ? silence(state) : { state, actions: [{ kind: 'enqueue' }] };
    case 'granted':
      return granted(state, event.racer, now);
    case 'arrived':
      return { state: withRunning(state, event.id, { complete: true }), actions: [] };
    case 'ended':
      return ended(state, event, now);
    case 'tick':
      return state.over ? { state, actions: [] } : tick(state, event.view, now);
    case 'stop':
      return state.over ? { state, actions: [] } : finish(state, stopped(state, event.failure), []);
  }
}

/** The claim is no longer in the queue: where this upstream can't be asked after all, it waits again. */
function granted(state: RaceState, racer: number, now: number): Step {
  if (!refuses(state, racer, now)) return ask(state, racer, false);
  return { state, actions: state.over || racing(state).length > 0 ? [] : [{ kind: 'enqueue' }] };
}

function ended(before: RaceState, event: EventOf<'ended'>, now: number): Step {
  const { result, wrong, id } = event;
  const running = before.running.find(each => each.id === id);
  if (!running) return { state: before, actions: 'body' in result ? [{ kind: 'release', body: result.body }] : [] };
  const state = { ...before, running: before.running.filter(each => each !== running) };
  const { racer } = running;
  if (state.over || racer > state.barrier) {
    return { state, actions: 'body' in result ? [{ kind: 'release', body: result.body }] : [] };
  }
  const upstream = nameOf(state, racer);
  if (result.kind === 'file' && wrong === null) {
    const outcome: Outcome = { kind: 'file', body: result.body, upstream, right: true, failures: failuresOf(state) };
    const over: RaceAction[] = racer === state.first ? [] : [{ kind: 'failed-over' }];
    const slow = state.running
      .filter(each => event.view.seen.get(each.id)?.late)
      .flatMap(each => blamed(each, 'stalled'));
    return finish(state, outcome, [{ kind: 'credit', racer }, ...over, ...slow]);
  }
  if (running.left) return { state, actions: 'body' in result ? [{ kind: 'release', body: result.body }] : [] };
  const { judged, actions } = judge(state, event, running, now);
  const next = advance(judged, event.view, now);
  return { state: next.state, actions: [...actions, ...next.actions] };
}

/** After an attempt that brought nothing: the next upstream, a pause, or the end. */
function advance(state: RaceState, { ranking, hopeless }: View, now: number): Step {
  if (racing(state).length > 0 || state.pauseEnds !== null) return { state, actions: [] };
  const next = ranking.find(racer => !refuses(state, racer, now));
  if (next !== undefined) return ask(state, next, false);
  const paused = pausedBeforeNextRound(state, hopeless, now);
  return paused ? { state: paused, actions: [] } : finish(state, conclusion(state), []);
}

/** Where those that failed are to be asked again after a pause; null where that would say nothing new. */
function pausedBeforeNextRound(state: RaceState, hopeless: View['hopeless'], now: number): RaceState | null {
  const again = state.racers.filter(({ index }) => index <= state.barrier && state.verdicts.get(index) === 'failed');
  const pause = pauses[state.round];
  if (again.length === 0 || pause === undefined || again.every(({ index }) => hopeless.has(index))) return null;
  const rests = again.map(({ index }) => (state.restUntil.get(index) ?? 0) - now);
  const rest = Math.max(pause, Math.min(...rests));
  return { ...state, round: state.round + 1 + Math.floor(rest / longRestMs), pauseEnds: now + rest };
}

function tick(before: RaceState, view: View, now: number): Step {
  if (now - Math.max(before.startedAt, view.lastByteAt) > silenceMs) return silence(before, { kind: 'give-up' });
  const resumed = before.pauseEnds !== null && now >= before.pauseEnds;
  const state = resumed ? { ...before, pauseEnds: null, verdicts: withoutFailed(before) } : before;
  const runners = racing(state);
  if (resumed && runners.length === 0) return { state, actions: [{ kind: 'enqueue' }] };
  if (runners.length === 0) {
    const isHopeless = state.pauseEnds === null && state.racers.every(({ index }) => view.hopeless.has(index));
    return isHopeless ? finish(state, conclusion(state), []) : { state, actions: [] };
  }
  const seen = runners.map(({ id }) => view.seen.get(id) ?? { late: false, quietMs: 0 });
  if (runners.some(({ complete }, index) => complete || !seen[index]!.late)) return { state, actions: [] };
  const other = view.ranking.find(racer => !refuses(state, racer, now));
  if (other !== undefined)
    return runners.length < lanes ? ask(state, other, false) : replace(state, runners[0]!, other);
  // Those that failed get another chance beside one that keeps silent.
  const paused = state.pauseEnds === null ? pausedBeforeNextRound(state, view.hopeless, now) : null;
  if (paused) return { state: paused, actions: [] };
  const { racer } = runners[0]!;
  const isQuiet = seen.every(({ quietMs }) => quietMs > lonelyPatienceMs * runners.length);
  const isResting = (state.restUntil.get(racer) ?? 0) > now;
  const isLonely = isQuiet && runners.length < lanes && !state.verdicts.has(racer) && !isResting;
  return isLonely ? ask(state, racer, true) : { state, actions: [] };
}

/** All lanes are taken by slow ones, and one that was not asked is left: the oldest makes room for it. */
function replace(state: RaceState, oldest: Running, other: number): Step {
  const left = withRunning(state, oldest.id, { left: true });
  const step = ask(withVerdict(noted(left, oldest.racer, stalled('too slow')), oldest.racer, 'failed'), other, false);
  return { state: step.state, actions: [abort(oldest), ...blamed(oldest, 'stalled'), ...step.actions] };
}

/** Nothing has come for so long that the run is given up: go waits for ever then, and asks nobody else. */
function silence(before: RaceState, ...actions: RaceAction[]): Step {
  const complaint = stalled(`no byte for ${silenceMs / 1000} s`);
  let state = before;
  for (const { racer } of before.running) state = withVerdict(noted(state, racer, complaint), racer, 'failed');
  const ending = conclusion(state);
  const failures = ending.failures.length > 0 ? ending.failures : [{ upstream: '', ...complaint }];
  const outcome: Outcome = ending.kind === 'file' ? ending : { ...ending, failures, goesOn: false };
  const counted = before.running.map(({ racer }): RaceAction => ({ kind: 'count-failure', racer }));
  return finish(state, outcome, [...actions, ...counted]);
}

function stopped(state: RaceState, failure: Failure): Outcome {
  return { kind: 'failed', status: 502, goesOn: false, failures: [...failuresOf(state), failure] };
}

function withoutFailed({ verdicts }: RaceState): RaceState['verdicts'] {
  return new Map([...verdicts].filter(([, verdict]) => verdict !== 'failed'));
}
