import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Body } from '../../src/modproxy/body.ts';
import type { AttemptResult } from '../../src/relay/attempt.ts';
import type { Outcome } from '../../src/relay/outcome.ts';
import { lanes, reduceRace, silenceMs } from '../../src/relay/race/reduce.ts';
import {
  newRace,
  type RaceAction,
  type RaceEvent,
  type Racer,
  refuses,
  type View,
} from '../../src/relay/race/state.ts';
import { longestToldRestMs } from '../../src/relay/upstream-health.ts';

/** What one request comes to, and after how long. `silent`: it never ends by itself. */
type Answer =
  | { kind: 'right' | 'wrong' | 'broken' | 'silent'; ms: number }
  | { kind: 'status'; status: 401 | 403 | 404 | 410; ms: number }
  | { kind: 'failed'; restMs: number | null; ms: number };

interface Schedule {
  racers: { fallsBackOn: Racer['fallsBackOn']; answers: Answer[] }[];
  /** Drawn on for rankings, lateness and who gets room. */
  noise: number[];
  /** For how long other files keep the line busy. */
  busyMs: number;
  /** Whether some that are aborted bring the file all the same. */
  lateFiles?: boolean;
}

interface Played {
  outcome: Outcome;
  settledAt: number;
  /** What is wrong with it, in words. */
  faults: string[];
  asked: { racer: number; at: number; fresh: boolean }[];
}

const complaint = { cause: 'connection-reset', reason: null, words: 'x' } as const;

/** Plays a schedule on a clock of its own, and looks at every step. */
function play({ racers: given, noise, busyMs, lateFiles = false }: Schedule): Played {
  const racers: Racer[] = given.map(({ fallsBackOn }, index) => ({ index, name: `m${index}`, fallsBackOn }));
  const scripts = given.map(({ answers }) => [...answers]);
  const faults: string[] = [];
  const asked: Played['asked'] = [];
  const bodies = new Map<Body, 'open' | 'released' | 'handed on'>();
  /** `aborted`: the request is off the line, only its end has not been noticed yet. */
  const live = new Map<number, { racer: number; answer: Answer; at: number; aborted: boolean }>();
  const events: { at: number; event: () => void }[] = [];
  let draws = 0;
  const draw = (): number => noise[draws++ % noise.length]!;
  let state = newRace(racers, 0);
  let now = 0;
  let barrier = Number.POSITIVE_INFINITY;
  let outcome: Outcome | null = null;
  let settledAt = 0;
  const restUntil = new Map<number, number>();
  let restedUntil = 0;
  /** So many times in a row a racer sent the same wrong file. */
  const wrongs = new Map<number, number>();

  const view = (): View => ({
    ranking: racers
      .map(({ index }) => ({ index, cost: draw() }))
      .sort((one, other) => one.cost - other.cost)
      .map(({ index }) => index),
    hopeless: new Set(),
    seen: new Map(
      [...live].map(([id, { at }]) => [id, { late: now - at > 400 + 4000 * draw(), quietMs: now - at }] as const),
    ),
    // While they rest as they said, silence is as it should be.
    lastByteAt: Math.max(Math.min(now, busyMs), restedUntil),
  });
  const bodyOf = (): Body => {
    const body: Body = { kind: 'memory', bytes: Buffer.alloc(0), size: 0 };
    bodies.set(body, 'open');
    return body;
  };
  const resultOf = (answer: Answer): AttemptResult => {
    switch (answer.kind) {
      case 'right':
      case 'wrong':
        return { kind: 'file', body: bodyOf() };
      case 'broken':
        return { kind: 'broken', body: bodyOf(), complaint };
      case 'silent':
        return { kind: 'failed', ...complaint };
      case 'failed':
        return { kind: 'failed', ...complaint, ...(answer.restMs === null ? {} : { restMs: answer.restMs }) };
      case 'status':
        return answer.status < 404
          ? { kind: 'forbidden', status: answer.status as 403, ...complaint }
          : { kind: 'not-found', status: answer.status as 404, ...complaint };
    }
  };
  const end = (id: number, answer: Answer): void => {
    const going = live.get(id);
    if (!going) return;
    live.delete(id);
    // An aborted request may still come to what it was to come to.
    const result = resultOf(answer);
    const wrong = answer.kind === 'wrong' ? 'other hash' : null;
    const { racer } = going;
    const counts = outcome === null && racer <= barrier;
    if (answer.kind === 'failed' && answer.restMs !== null && counts) {
      restUntil.set(racer, now + answer.restMs);
      if (answer.restMs <= longestToldRestMs) restedUntil = Math.max(restedUntil, now + answer.restMs);
    }
    if (counts && !going.aborted) wrongs.set(racer, answer.kind === 'wrong' ? (wrongs.get(racer) ?? 0) + 1 : 0);
    const isFinal = answer.kind === 'status' && answer.status < 404 && racers[racer]!.fallsBackOn !== 'any-error';
    if (isFinal && counts) barrier = Math.min(barrier, racer);
    const wins = answer.kind === 'right' && counts;
    step({ kind: 'ended', id, result, wrong, view: view() });
    const handed = outcome as Outcome | null;
    if (wins && !(handed?.kind === 'file' && handed.right && 'body' in result && handed.body === result.body)) {
      faults.push(`a right file of m${racer} did not win`);
    }
  };
  const carryOut = (action: RaceAction): void => {
    if (outcome && action.kind !== 'release') faults.push(`${action.kind} after the end`);
    if (action.kind === 'enqueue') events.push({ at: now + 50 * draw(), event: grant });
    if (action.kind === 'release') {
      if (bodies.get(action.body) !== 'open') faults.push(`a body is ${bodies.get(action.body)} and then released`);
      bodies.set(action.body, 'released');
    }
    if (action.kind === 'abort') {
      // Ends soon, and not at once; what came may be whole by then.
      const { id } = action;
      const going = live.get(id);
      if (going) going.aborted = true;
      const late: Answer = lateFiles && draw() < 0.2 ? { kind: 'right', ms: 0 } : { kind: 'silent', ms: 0 };
      if (going) events.push({ at: now + 30 * draw(), event: () => end(id, late) });
    }
    if (action.kind === 'ask') {
      const { id, racer, fresh } = action;
      asked.push({ racer, at: now, fresh });
      if (racer > barrier) faults.push(`m${racer} was asked beyond the barrier ${barrier}`);
      if ((restUntil.get(racer) ?? 0) > now) faults.push(`m${racer} was asked before its rest was over`);
      if ((wrongs.get(racer) ?? 0) > 1) faults.push(`m${racer} was asked again after the same wrong hash twice`);
      const others = [...live.values()].filter(each => !each.aborted && each.racer <= barrier);
      if (others.length >= lanes) faults.push(`${others.length + 1} lanes`);
      if (!fresh && others.some(each => each.racer === racer)) faults.push(`m${racer} twice at a time`);
      const answer = scripts[racer]!.shift() ?? { kind: 'failed', restMs: null, ms: 20 };
      live.set(id, { racer, answer, at: now, aborted: false });
      if (answer.kind !== 'silent') events.push({ at: now + answer.ms, event: () => end(id, answer) });
    }
    if (action.kind === 'settle') {
      outcome = action.outcome;
      settledAt = now;
      if (outcome.kind === 'file') {
        if (bodies.get(outcome.body) !== 'open') faults.push('a body that is gone is handed on');
        bodies.set(outcome.body, 'handed on');
      }
    }
  };
  const step = (event: RaceEvent): void => {
    const next = reduceRace(state, event, now);
    state = next.state;
    for (const action of next.actions) carryOut(action);
  };
  const grant = (): void => {
    const open = racers.filter(({ index }) => !refuses(state, index, now));
    if (outcome) return;
    // No room, or all at rest: the pool looks again later.
    if (open.length === 0 || (draw() < 0.1 && now % 1000 < 500)) events.push({ at: now + 100, event: grant });
    else step({ kind: 'granted', racer: open[Math.floor(draw() * open.length)]!.index });
  };

  step({ kind: 'start', gaveUp: false });
  const until = busyMs + silenceMs + 200_000;
  for (let tickAt = 100; now < until && !(outcome && live.size === 0); ) {
    events.sort((one, other) => one.at - other.at);
    if (events[0] && events[0].at <= tickAt) {
      const { at, event } = events.shift()!;
      now = Math.max(now, at);
      event();
    } else {
      now = tickAt;
      tickAt += 100;
      step({ kind: 'tick', view: view() });
    }
  }
  if (!outcome) faults.push('it never settled');
  for (const [, fate] of bodies) if (fate === 'open') faults.push('a body was neither handed on nor released');
  return { outcome: outcome!, settledAt, faults, asked };
}

const ms = fc.integer({ min: 1, max: 3000 });
const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('right' as const), ms }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('wrong' as const, 'broken' as const), ms }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('silent' as const), ms }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(401, 403, 404, 410), ms }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('failed' as const),
      restMs: fc.option(fc.integer({ min: 0, max: 40_000 }), { nil: null }),
      ms,
    }),
  },
);
const schedule: fc.Arbitrary<Schedule> = fc.record({
  racers: fc.array(
    fc.record({
      fallsBackOn: fc.constantFrom('not-found' as const, 'any-error' as const, null),
      answers: fc.array(answer, { maxLength: 6 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  noise: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 5, maxLength: 40 }),
  busyMs: fc.integer({ min: 0, max: 30_000 }),
});

/** `TryProxies` (cmd/go/internal/modfetch/proxy.go): whether go would ask what stands behind these. */
function goWouldGoOn(schedule: Schedule, finals: readonly ('not-found' | 'failed' | 'silent')[]): boolean {
  return schedule.racers.every(({ fallsBackOn }, index) =>
    finals[index] === 'not-found' ? true : fallsBackOn === 'any-error' && finals[index] !== 'silent',
  );
}

describe('a race, played 5,000 times with generated answers', () => {
  it('settles, asks nobody beyond a barrier or before its time, stays in its lanes, and leaves nothing open', () => {
    fc.assert(
      fc.property(schedule, each => {
        const { faults } = play({ ...each, lateFiles: true });
        expect(faults).toEqual([]);
      }),
      { seed: 1, numRuns: 5000 },
    );
  });

  it('takes a right file from whoever has one, where nothing stops it', () => {
    fc.assert(
      fc.property(schedule, fc.nat(3), (each, at) => {
        const racers = each.racers.map((racer, index) => ({
          ...racer,
          answers:
            index === at % each.racers.length
              ? [{ kind: 'right' as const, ms: 100 }]
              : racer.answers.filter(({ kind }) => kind !== 'status'),
        }));
        const { outcome, faults } = play({ ...each, racers, lateFiles: true });
        expect(faults).toEqual([]);
        expect(outcome).toMatchObject({ kind: 'file', right: true });
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  it('lets go on exactly where go would go on', () => {
    const lasting = fc.constantFrom<Answer>(
      { kind: 'status', status: 404, ms: 20 },
      { kind: 'status', status: 410, ms: 20 },
      { kind: 'failed', restMs: null, ms: 20 },
      { kind: 'silent', ms: 0 },
    );
    fc.assert(
      fc.property(schedule, fc.array(lasting, { minLength: 4, maxLength: 4 }), (each, kinds) => {
        const racers = each.racers.map((racer, index) => ({
          ...racer,
          answers: Array<Answer>(30).fill(kinds[index]!),
        }));
        const finals = racers.map((_, index) => {
          const { kind } = kinds[index]!;
          return kind === 'status' ? 'not-found' : kind === 'silent' ? 'silent' : 'failed';
        });
        const { outcome, faults } = play({ ...each, racers, busyMs: 0 });
        expect(faults).toEqual([]);
        const expected = goWouldGoOn({ ...each, racers }, finals);
        // Once nothing at all has come for 20 s, go itself would wait for ever.
        if (!finals.includes('silent')) expect(outcome).toMatchObject({ goesOn: expected });
        else expect(outcome).toMatchObject({ goesOn: false });
      }),
      { seed: 3, numRuns: 1000 },
    );
  });
});

describe('a race, step by step', () => {
  const one = (answers: Answer[], fallsBackOn: Racer['fallsBackOn'] = 'not-found'): Schedule => ({
    racers: [{ fallsBackOn, answers }],
    noise: [0.5],
    busyMs: 0,
  });

  it('asks again after 0.3, 0.6, 1.2 and 2.4 s, and then no more', () => {
    const { outcome, asked } = play(one([]));
    expect(outcome).toMatchObject({ kind: 'failed', status: 502, goesOn: false });
    const gaps = asked.slice(1).map(({ at }, index) => Math.round(at - asked[index]!.at));
    expect(gaps).toHaveLength(4);
    for (const [index, least] of [300, 600, 1200, 2400].entries()) expect(gaps[index]).toBeGreaterThanOrEqual(least);
  });

  it('asks those that failed again beside one that keeps silent', () => {
    const { outcome, settledAt } = play({
      racers: [
        { fallsBackOn: 'not-found', answers: [{ kind: 'silent', ms: 0 }] },
        {
          fallsBackOn: 'not-found',
          answers: [
            { kind: 'failed', restMs: null, ms: 20 },
            { kind: 'right', ms: 20 },
          ],
        },
      ],
      noise: [0],
      busyMs: 0,
    });
    expect(outcome).toMatchObject({ kind: 'file', right: true, upstream: 'm1' });
    expect(settledAt).toBeLessThan(6000);
  });

  it('waits as long as it is told to', () => {
    const { asked, outcome } = play(
      one([
        { kind: 'failed', restMs: 5000, ms: 10 },
        { kind: 'right', ms: 10 },
      ]),
    );
    expect(outcome).toMatchObject({ kind: 'file', right: true });
    expect(asked[1]!.at - asked[0]!.at).toBeGreaterThanOrEqual(5000);
  });

  it('waits for half a minute, and not for what is told to come later', () => {
    const restThenRight = (restMs: number): Answer[] => [
      { kind: 'failed', restMs, ms: 10 },
      { kind: 'right', ms: 10 },
    ];
    expect(play(one(restThenRight(longestToldRestMs))).outcome).toMatchObject({ kind: 'file', right: true });
    const { asked, outcome, settledAt } = play(one(restThenRight(longestToldRestMs + 1)));
    expect(outcome).toMatchObject({ kind: 'failed' });
    expect(asked).toHaveLength(1);
    expect(settledAt).toBeLessThan(1000);
  });

  it('waits no more than a minute in all for one that always asks for more time', () => {
    for (const restMs of [5000, 9000, 10_000, 20_000, 30_000]) {
      const { settledAt } = play(one(Array(9).fill({ kind: 'failed', restMs, ms: 10 })));
      expect(settledAt).toBeLessThan(60_000);
    }
  });

  it('takes 404 and 410 for an answer at once, and tells which it was', () => {
    for (const status of [404, 410] as const) {
      const { outcome, asked } = play(one([{ kind: 'status', status, ms: 10 }]));
      expect(outcome).toMatchObject({ kind: 'not-found', status, goesOn: true });
      expect(asked).toHaveLength(1);
    }
  });

  it('hands on what go would have seen, where nothing better comes', () => {
    expect(play(one(Array(9).fill({ kind: 'broken', ms: 10 }))).outcome).toMatchObject({ kind: 'file', right: false });
  });

  it('gives up after 20 s of silence', () => {
    const { outcome, settledAt } = play(one(Array(9).fill({ kind: 'silent', ms: 0 }), 'any-error'));
    expect(outcome).toMatchObject({ kind: 'failed', goesOn: false, failures: [{ cause: 'stalled' }] });
    expect(settledAt).toBeGreaterThan(silenceMs);
    expect(settledAt).toBeLessThan(silenceMs + 1000);
  });

  it('asks nobody for what a refusal before a comma holds back, also where another was asked already', () => {
    const racers = [
      { fallsBackOn: 'not-found' as const, answers: [{ kind: 'status' as const, status: 403 as const, ms: 3000 }] },
      { fallsBackOn: null, answers: [{ kind: 'right' as const, ms: 9000 }] },
    ];
    // The first is late, so that the second is asked beside it.
    const { outcome, asked } = play({ racers, noise: [0.1, 0.2, 0.001], busyMs: 0 });
    expect(asked.map(({ racer }) => racer)).toEqual([0, 1]);
    expect(outcome).toMatchObject({ kind: 'forbidden', status: 403, goesOn: false });
  });
});
