import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Body } from '../../src/modproxy/body.ts';
import { versionFile } from '../../src/modproxy/proxy-file.ts';
import type { Outcome } from '../../src/relay/outcome.ts';
import { openPool, type Pool } from '../../src/relay/pool.ts';
import { startPulse } from '../../src/relay/pulse.ts';
import { startRace } from '../../src/relay/race/start.ts';
import type { RaceTrack } from '../../src/relay/race.ts';
import type { Spool } from '../../src/relay/spool.ts';
import type { Upstream } from '../../src/relay/upstream.ts';
import { startHealth } from '../../src/relay/upstream-health.ts';
import { NetworkFailure } from '../../src/system/network/failure.ts';
import { memorySpool } from './memory-spool.ts';

const file = (index: number) => versionFile(`m.test/m${index}`, 'v1.0.0', 'mod');
const goMod = Buffer.from('module m.test/m\n');

function upstreamWith(get: Upstream['get'], index = 0): Upstream {
  return {
    ...{ name: `u${index}`, url: 'https://u.test', trust: 'public', fallsBackOn: 'not-found', index, database: null },
    ...{
      health: startHealth(),
      requests: 0,
      bytes: 0,
      failures: 0,
      resumed: {},
      get,
      connections: () => 0,
      idle: () => 0,
      parallel: () => 96,
    },
  };
}

const reply = (url = new URL('https://u.test')): Awaited<ReturnType<Upstream['get']>> =>
  ({ status: 200, statusText: '', headers: {}, body: Readable.from([goMod]), url }) as never;

interface World {
  spool: Spool & { held: Set<Body> };
  track: RaceTrack;
  pool: Pool;
  listeners(): number;
}

function worldWith(gets: Upstream['get'][], change: (world: World) => void = () => {}): World {
  const spool = memorySpool();
  const pulse = startPulse();
  let listening = 0;
  const counted = {
    ...pulse,
    get lastByteAt() {
      return pulse.lastByteAt;
    },
    get gaveUp() {
      return pulse.gaveUp;
    },
    onTick: (listener: (now: number) => void) => {
      listening += 1;
      const stop = pulse.onTick(listener);
      let stopped = false;
      return () => {
        if (!stopped) listening -= 1;
        stopped = true;
        stop();
      };
    },
  };
  const track: RaceTrack = { spool, pulse: counted, verify: async () => null, failedOver: () => {} };
  const world: World = { spool, track, pool: openPool(gets.map(upstreamWith)), listeners: () => listening };
  change(world);
  return world;
}

const inTime = (outcome: Promise<Outcome>): Promise<Outcome | 'never'> =>
  Promise.race([outcome, new Promise<'never'>(resolve => setTimeout(resolve, 15_000, 'never').unref())]);

const broken = (): never => {
  throw new Error('broken on purpose');
};

describe('a race settles and closes what it opened, whatever throws', () => {
  it.concurrent.each<[string, Upstream['get'], (world: World) => void, Outcome['kind']]>([
    ['the spool, at once', async () => reply(), world => Object.assign(world.spool, { writer: broken }), 'failed'],
    [
      'the spool, in the middle',
      async () => reply(),
      world =>
        Object.assign(world.spool, { writer: () => ({ write: broken, finish: broken, discard: async () => {} }) }),
      'failed',
    ],
    [
      'the spool, when all is thrown away',
      async () => reply(),
      world => Object.assign(world.spool, { writer: () => ({ write: broken, finish: broken, discard: broken }) }),
      'failed',
    ],
    ['the upstream, before it asks', broken, () => {}, 'failed'],
    ['the upstream, later', async () => broken(), () => {}, 'failed'],
    [
      'the comparison: go compares too',
      async () => reply(),
      ({ track }) => Object.assign(track, { verify: async () => broken() }),
      'file',
    ],
    [
      'what counts the failovers',
      async () => reply(),
      ({ track }) => Object.assign(track, { failedOver: broken }),
      'file',
    ],
    ['the queue', async () => reply(), ({ pool }) => Object.assign(pool, { enqueue: broken }), 'failed'],
    ['the queue, afterwards', async () => reply(), ({ pool }) => Object.assign(pool, { dispatch: broken }), 'failed'],
    [
      'the ranking, where one failed',
      async () => broken(),
      ({ pool }) => Object.assign(pool, { ranking: broken }),
      'failed',
    ],
    [
      'the count of failures',
      async () => reply(),
      ({ pool }) => Object.assign(pool.upstreams[0]!.health, { succeeded: broken }),
      'failed',
    ],
  ])('%s', async (_, get, change, kind) => {
    const world = worldWith([get, get], change);
    const { outcome } = startRace(world.pool, file(1), 'wanted', world.track);
    const ending = await inTime(outcome);
    expect(ending).toMatchObject({ kind });
    await new Promise(setImmediate);
    expect([...world.spool.held]).toEqual(ending !== 'never' && ending.kind === 'file' ? [ending.body] : []);
    expect(world.listeners()).toBe(0);
    world.track.pulse.stop();
  });

  it('aborts what is under way, and gives back a file that comes too late', async () => {
    const signals: AbortSignal[] = [];
    const slow: Upstream['get'] = async (_, signal) => {
      signals.push(signal);
      await new Promise(resolve => setTimeout(resolve, 3000));
      return reply();
    };
    const world = worldWith([slow, async () => reply()]);
    world.pool.upstreams[1]!.health.failed({
      startedAt: 0,
      now: performance.now(),
      cause: 'connection-reset',
      restMs: 3000,
    });
    world.pool.upstreams[1]!.health.failed({
      startedAt: 1,
      now: performance.now(),
      cause: 'connection-reset',
      restMs: 2500,
    });
    const { outcome } = startRace(world.pool, file(1), 'wanted', world.track);
    expect(await inTime(outcome)).toMatchObject({ kind: 'file', upstream: 'u1' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    await new Promise(resolve => setTimeout(resolve, 1500));
    expect(world.spool.held.size).toBe(1);
    world.track.pulse.stop();
  });
});

describe('the reset of one connection', () => {
  it('that ends twenty streams counts once, and every file is asked for again', async () => {
    let calls = 0;
    const get: Upstream['get'] = async () => {
      calls += 1;
      if (calls > 20) return reply();
      await new Promise(resolve => setTimeout(resolve, 100));
      throw new NetworkFailure('http', 'connection-reset', 'u.test:443', 'read: connection reset by peer');
    };
    const world = worldWith([get]);
    const races = Array.from({ length: 20 }, (_, index) => startRace(world.pool, file(index), 'wanted', world.track));
    const outcomes = await Promise.all(races.map(({ outcome }) => inTime(outcome)));
    expect(outcomes.map(each => each !== 'never' && each.kind)).toEqual(Array(20).fill('file'));
    expect(calls).toBe(40);
    world.track.pulse.stop();
  });

  it('is known after a second where nobody listens, and forgotten with the next answer', async () => {
    let calls = 0;
    const get: Upstream['get'] = async () => {
      calls += 1;
      throw new NetworkFailure('tcp', 'connection-refused', 'u.test:443', 'connect: connection refused');
    };
    const world = worldWith([get]);
    const startedAt = performance.now();
    const { outcome } = startRace(world.pool, file(0), 'wanted', world.track);
    expect(await inTime(outcome)).toMatchObject({ kind: 'failed', failures: [{ cause: 'connection-refused' }] });
    expect(calls).toBe(3);
    expect(await inTime(startRace(world.pool, file(1), 'wanted', world.track).outcome)).toMatchObject({
      kind: 'failed',
    });
    expect(calls).toBe(4);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    const { health } = world.pool.upstreams[0]!;
    expect(health.isHopeless(performance.now())).toBe(true);
    health.answered(100);
    expect(health.isHopeless(performance.now())).toBe(false);
    world.track.pulse.stop();
  });

  it('is no lasting failure, however many streams it ended; failures that go on for seconds are', () => {
    const health = startHealth();
    for (let stream = 0; stream < 50; stream += 1)
      health.failed({ startedAt: stream, now: 1000 + stream, cause: 'connection-reset', restMs: null });
    expect(health.isHopeless(9000)).toBe(false);
    for (const at of [2000, 3000, 4000])
      health.failed({ startedAt: at, now: at + 500, cause: 'connection-reset', restMs: null });
    expect(health.isHopeless(5900)).toBe(false);
    expect(health.isHopeless(6100)).toBe(true);
    health.succeeded();
    expect(health.isHopeless(9000)).toBe(false);
  });
});

it('a line has slack where it carries less than it did, and where it has fallen silent; a full one has none', () => {
  const health = startHealth();
  const tick = (bytes: number): void => {
    health.started(bytes, true);
    if (bytes > 0) health.received(bytes);
    health.tick(100);
    health.ended(0, true);
  };
  const now = (): number => performance.now();
  expect(health.hasSlack(now())).toBe(true);
  for (let times = 0; times < 20; times += 1) tick(1_000_000);
  expect(health.hasSlack(now())).toBe(false);
  tick(0);
  expect(health.hasSlack(now() + 1000)).toBe(true);
  for (let times = 0; times < 20; times += 1) tick(300_000);
  expect(health.hasSlack(now())).toBe(true);
});
