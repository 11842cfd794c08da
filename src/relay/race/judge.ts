import type { Cause } from '../../causes.ts';
import type { Complaint } from '../outcome.ts';
import { longestToldRestMs } from '../upstream-health.ts';
import type { RaceAction, RaceEvent, RaceState, Running } from './state.ts';
import { abort, blamed, keep, noted, withVerdict } from './steps.ts';

/** What is wrong with the address itself. */
const lasting: ReadonlySet<Cause> = new Set(['goproxy-malformed', 'insecure-http']);

/** Notes what an attempt that brought no right file says of its upstream. */
export function judge(
  state: RaceState,
  { result, wrong }: Extract<RaceEvent, { kind: 'ended' }>,
  { racer, id }: Running,
  now: number,
): { judged: RaceState; actions: RaceAction[] } {
  if (result.kind === 'file' || result.kind === 'broken') {
    const complaint: Complaint =
      result.kind === 'file'
        ? { cause: 'checksum-mismatch-sumdb', reason: null, words: wrong ?? '' }
        : result.complaint;
    // A body that is no file, or not the right one, may be whole the next time; the same wrong hash twice stays wrong.
    const isFinal = result.kind === 'file' && state.failures.get(racer)?.words === complaint.words;
    const kept = keep(noted(state, racer, complaint), racer, result.body);
    return {
      judged: withVerdict(kept.state, racer, isFinal ? 'final' : 'failed'),
      actions: [...kept.actions, ...blamed({ racer, id }, complaint.cause)],
    };
  }
  const { cause, reason, words } = result;
  const isTooLong = result.kind === 'failed' && (result.restMs ?? 0) > longestToldRestMs;
  const verdict = lasting.has(cause) || isTooLong ? 'final' : result.kind;
  const judged = withVerdict(noted(state, racer, { cause, reason, words }), racer, verdict);
  if (result.kind === 'failed') {
    const restMs = result.restMs ?? null;
    const restUntil = restMs === null ? state.restUntil : new Map(state.restUntil).set(racer, now + restMs);
    return { judged: { ...judged, restUntil }, actions: blamed({ racer, id }, cause, restMs) };
  }
  const statuses = new Map(state.statuses).set(racer, result.status);
  if (result.kind === 'not-found') return { judged: { ...judged, statuses }, actions: [{ kind: 'credit', racer }] };
  const isFinal = state.racers.find(({ index }) => index === racer)?.fallsBackOn !== 'any-error';
  const barred = { ...judged, statuses, barrier: isFinal ? Math.min(state.barrier, racer) : state.barrier };
  const aborted = barred.running.filter(each => each.racer > barred.barrier);
  return { judged: barred, actions: [{ kind: 'count-failure', racer }, ...aborted.map(abort)] };
}
