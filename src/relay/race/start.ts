import type { Body } from '../../modproxy/body.ts';
import type { ProxyFile } from '../../modproxy/proxy-file.ts';
import { codeOf, wordsOf } from '../../system/network/failure.ts';
import { untrusted } from '../../system/text.ts';
import { type AttemptResult, attempt, type Progress } from '../attempt.ts';
import { isLate } from '../lateness.ts';
import type { Failure, Outcome } from '../outcome.ts';
import type { Claim, Pool, Urgency } from '../pool.ts';
import type { Race, RaceTrack } from '../race.ts';
import type { Upstream } from '../upstream.ts';
import { longestToldRestMs } from '../upstream-health.ts';
import { reduceRace } from './reduce.ts';
import { newRace, type RaceAction, type RaceEvent, refuses, type View } from './state.ts';

/** A request under way. */
interface Going extends Progress {
  upstream: Upstream;
  controller: AbortController;
}

/**
 * Fetches one file from the upstreams of a pool. What is to be done the reducer says; here it is carried out. Always settles, and
 * closes what it opened, whatever throws.
 */
export function startRace(pool: Pool, file: ProxyFile, urgency: Urgency, track: RaceTrack): Race {
  const { pulse, spool } = track;
  const now = (): number => performance.now();
  let state = newRace(pool.upstreams, now());
  const going = new Map<number, Going>();
  /** What has arrived, and is neither handed on nor given back. */
  const held = new Set<Body>();
  const waiting: RaceEvent[] = [];
  let busy = false;
  let enqueues = false;
  let isWanted = urgency === 'wanted';
  let settle: (outcome: Outcome) => void = () => {};
  const outcome = new Promise<Outcome>(resolve => {
    settle = resolve;
  });
  const upstreamAt = (racer: number): Upstream => pool.upstreams.find(({ index }) => index === racer)!;
  const claim: Claim = {
    file,
    urgency,
    refuses: upstream => refuses(state, upstream.index, now()),
    grant: upstream => send({ kind: 'granted', racer: upstream.index }),
  };
  const stopTicking = pulse.onTick(at => {
    send({ kind: 'tick', view: view() });
    // On a full line a file in pieces comes no sooner, and what is on its way twice takes the place of others.
    for (const { upstream, split } of going.values()) {
      if (upstream.health.hasSlack(now()) && (isWanted || pool.isIdle(upstream))) split?.();
    }
    if (state.running.length === 0) guarded(() => pool.tick(at));
  });
  send({ kind: 'start', gaveUp: pulse.gaveUp });
  const promote = (): void => {
    isWanted = true;
    pool.promote(claim);
  };
  return { outcome, promote };

  /** One event after another, also where carrying one out makes the next. */
  function send(event: RaceEvent): void {
    waiting.push(event);
    if (busy) return;
    busy = true;
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) step(next);
    } finally {
      busy = false;
    }
    if (!enqueues) return;
    enqueues = false;
    guarded(() => pool.enqueue(claim));
  }

  function step(event: RaceEvent): void {
    guarded(() => {
      const next = reduceRace(state, event, now());
      state = next.state;
      for (const action of next.actions) carryOut(action);
    });
  }

  /** Whatever of ours breaks ends this race, and nothing else. */
  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      state = { ...state, over: true };
      stopTicking();
      pool.withdraw(claim);
      for (const { controller } of going.values()) controller.abort();
      for (const body of held) void giveBack(body);
      settle({ kind: 'failed', status: 502, goesOn: false, failures: [ownFailure(error)] });
    }
  }

  function carryOut(action: RaceAction): void {
    switch (action.kind) {
      case 'enqueue':
        enqueues = true;
        break;
      case 'withdraw':
        stopTicking();
        pool.withdraw(claim);
        break;
      case 'ask':
        void run(action.id, upstreamAt(action.racer), action.fresh);
        break;
      case 'abort':
        going.get(action.id)?.controller.abort();
        break;
      case 'release':
        void giveBack(action.body);
        break;
      case 'credit':
        upstreamAt(action.racer).health.succeeded();
        break;
      case 'blame':
        upstreamAt(action.racer).health.failed({
          startedAt: going.get(action.id)?.startedAt ?? now(),
          now: now(),
          ...action,
        });
        if (action.restMs !== null && action.restMs <= longestToldRestMs) pulse.restUntil(now() + action.restMs);
        break;
      case 'count-failure':
        upstreamAt(action.racer).failures += 1;
        break;
      case 'failed-over':
        track.failedOver();
        break;
      case 'give-up':
        pulse.giveUp();
        break;
      case 'settle':
        if (action.outcome.kind === 'file') held.delete(action.outcome.body);
        settle(action.outcome);
    }
  }

  async function giveBack(body: Body): Promise<void> {
    if (!held.delete(body)) return;
    try {
      await spool.release(body);
    } catch {
      // It goes with the spool.
    }
  }

  async function run(id: number, upstream: Upstream, fresh: boolean): Promise<void> {
    const controller = new AbortController();
    const startedAt = now();
    const begun: Going = {
      upstream,
      controller,
      startedAt,
      firstByteAt: null,
      lastByteAt: startedAt,
      received: 0,
      expected: null,
      split: null,
    };
    going.set(id, begun);
    let arrived: Body | null = null;
    try {
      const result = await attempt(upstream, file, spool, pulse, begun, { signal: controller.signal, fresh });
      arrived = 'body' in result ? result.body : null;
      if (arrived) held.add(arrived);
      send({ kind: 'arrived', id });
      send({ kind: 'ended', id, result, wrong: await wrongIn(result), view: view() });
    } catch (error) {
      send({ kind: 'stop', failure: ownFailure(error) });
      if (arrived) void giveBack(arrived);
    }
    going.delete(id);
    guarded(() => pool.dispatch());
  }

  /**
   * Where we can't compare, go does. Where nobody may stand in for an upstream only a go.mod is looked at, which may have been cut off
   * without anything to show for it: a zip shows that itself.
   */
  async function wrongIn(result: AttemptResult): Promise<string | null> {
    const mayAsk = pool.upstreams.length > 1;
    if (result.kind !== 'file' || state.over || (!mayAsk && file.kind !== 'mod')) return null;
    return track.verify(file, result.body, { mayAsk }).catch(() => null);
  }

  function view(): View {
    const at = now();
    const seen = [...going].map(
      ([id, each]) => [id, { late: isLate(each, at), quietMs: at - each.lastByteAt }] as const,
    );
    return {
      // A race that waits for its turn, as most do, has no use for it.
      get ranking() {
        return pool.ranking(file).map(({ index }) => index);
      },
      hopeless: new Set(pool.upstreams.filter(({ health }) => health.isHopeless(at)).map(({ index }) => index)),
      seen: new Map(seen),
      lastByteAt: pulse.lastByteAt,
    };
  }
}

/** Something on this machine, and no upstream's matter. */
function ownFailure(error: unknown): Failure {
  const cause = codeOf(error) === 'ENOSPC' ? 'disk-full' : 'connection-reset';
  return { upstream: '', cause, reason: null, words: untrusted(wordsOf(error)) };
}
