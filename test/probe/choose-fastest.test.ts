import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseFastest } from '../../src/probe/choose-fastest.ts';
import { type Measurement, measurementOf, stillCounting } from '../../src/probe/measurement.ts';
import { outlookOf } from '../../src/probe/outlook.ts';

const hourMs = 3_600_000;
const nowMs = 1_000 * hourMs;

/** A measurement of so many seconds, so many hours ago; null: it failed. */
const measured = (mirror: string, seconds: number | null, { hoursAgo = 0, share = 0.08 } = {}): Measurement => ({
  mirror,
  atMs: nowMs - hoursAgo * hourMs,
  outcome: seconds === null ? 'fails' : 'works',
  estimatedMs: seconds === null ? null : seconds * 1000,
  uncertaintyMs: seconds === null ? null : seconds * 1000 * share,
});
const every = (mirror: string, seconds: readonly (number | null)[]): Measurement[] =>
  seconds.map((value, index) => measured(mirror, value, { hoursAgo: seconds.length - index }));
const choose = (now: readonly Measurement[], inEffect: string | null, earlier: readonly Measurement[] = []) =>
  chooseFastest(
    now.map(one => ({ url: `https://${one.mirror}`, measured: one })),
    stillCounting(earlier, nowMs),
    inEffect && `https://${inEffect}`,
  );

describe('the mirror in effect', () => {
  it.each([
    ['is the fastest', [10, 20], 'a', 'kept-best'],
    ['is slower by little', [10.5, 10], 'a', 'kept-small-gain'],
    ['is slower by just less than 15 %', [11.6, 10], 'a', 'kept-small-gain'],
    ['is far slower', [30, 10], 'b', 'better'],
    ['fails', [null, 10], 'b', 'fails'],
    ['is slower than one that fails', [30, null], 'a', 'kept-best'],
  ] as const)('%s', (_, [a, b], url, why) => {
    expect(choose([measured('a', a), measured('b', b)], 'a')).toMatchObject({ url: `https://${url}`, why });
  });

  it('stays where the gain is within the uncertainty of both', () => {
    const unsure = [measured('a', 15), measured('b', 10, { share: 0.6 })];
    expect(choose(unsure, 'a')).toMatchObject({ url: 'https://a', why: 'kept-unsure', other: 'https://b' });
    expect(choose([measured('a', 15), measured('b', 10)], 'a')).toMatchObject({ url: 'https://b', why: 'better' });
  });

  it('says by how much of the pull time the other is better', () => {
    const choice = choose([measured('a', 40), measured('b', 10)], 'a');
    expect(choice).toMatchObject({ why: 'better', other: 'https://a', gain: expect.closeTo(0.75) });
  });

  it('stays where its pull time is not known', () => {
    const unknown: Measurement = { ...measured('a', 1), estimatedMs: null, uncertaintyMs: null };
    expect(choose([unknown, measured('b', 10)], 'a')).toEqual({ url: 'https://a', why: 'kept-unmeasured' });
  });

  it('is none of those measured, or nothing: the fastest', () => {
    for (const inEffect of [null, 'elsewhere']) {
      const choice = choose([measured('a', null), measured('b', 30), measured('c', 29)], inEffect);
      expect(choice).toEqual({ url: 'https://c', why: 'best' });
    }
  });

  it('is of no use where none works', () => expect(choose([measured('a', null)], 'a')).toBeNull());
});

describe('what was measured earlier', () => {
  const steady = [...every('a', [20, 20, 20, 20, 20, 20]), ...every('b', [20, 20, 20, 20, 20, 20])];

  it('keeps one slow measurement from moving anything, and three move it', () => {
    const slow = (hoursAgo: number) => measured('a', 40, { hoursAgo });
    expect(choose([slow(0), measured('b', 20)], 'a', steady)).toMatchObject({ url: 'https://a' });
    const moved = [...steady.filter(({ atMs }) => atMs < nowMs - 2 * hourMs), slow(2), slow(1)];
    expect(choose([slow(0), measured('b', 20)], 'a', moved)).toMatchObject({ url: 'https://b', why: 'better' });
  });

  it('counts less the older it is', () => {
    const old = steady.map(one => ({ ...one, atMs: one.atMs - 6 * 24 * hourMs }));
    expect(choose([measured('a', 40), measured('b', 20)], 'a', old)).toMatchObject({ why: 'better' });
  });

  it('makes a mirror that failed lately less attractive than one that did not', () => {
    const flapping = [...every('a', [30, 30, 30, 30, 30, 30]), ...every('b', [24, null, 24, null, null, 24])];
    const now = [measured('a', 30), measured('b', 24)];
    expect(choose(now, 'a', flapping)).toMatchObject({ url: 'https://a' });
    expect(choose(now, 'a', [...every('a', [30, 30]), ...every('b', [24, 24])])).toMatchObject({ url: 'https://b' });
  });

  it('never keeps a mirror that fails now, and never chooses one', () => {
    const seconds = fc.option(fc.double({ min: 0.001, max: 1e5, noNaN: true }));
    const past = fc.array(fc.record({ mirror: fc.constantFrom('a', 'b', 'c'), seconds, hoursAgo: fc.nat(200) }));
    fc.assert(
      fc.property(fc.tuple(seconds, seconds, seconds), past, (now, before) => {
        const current = now.map((value, index) => measured('abc'[index]!, value));
        const earlier = before.map(one => measured(one.mirror, one.seconds, one));
        const choice = choose(current, 'a', earlier);
        const works = current.filter(({ outcome }) => outcome === 'works').map(({ mirror }) => `https://${mirror}`);
        if (works.length === 0) expect(choice).toBeNull();
        else expect(works).toContain(choice?.url);
        if (choice && 'gain' in choice) expect(choice.gain).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the outlook', () => {
  const doubtOf = (measurements: readonly Measurement[]) => outlookOf(measurements, nowMs)!.doubt;

  it('is surer after more measurements, and less sure with time, up to a limit', () => {
    const once = doubtOf([measured('a', 20)]);
    expect(doubtOf(every('a', [20, 20, 20]))).toBeLessThan(once);
    const aged = [0, 5, 24, 150].map(hoursAgo => doubtOf([measured('a', 20, { hoursAgo })]));
    expect(aged).toEqual([...aged].sort((a, b) => a - b));
    expect(aged.at(-1)).toBeCloseTo(0.4);
  });

  it('is nothing of a mirror that never had a pull time', () => {
    expect(outlookOf([measured('a', null)], nowMs)).toBeNull();
  });
});

describe('a measurement', () => {
  const probe = { url: '', status: 'ok', estimatedPullMs: 1234.5, uncertaintyMs: 99.6 } as const;

  it.each([
    ['https://goproxy.cn', 'goproxy.cn'],
    ['https://user:s3cret-word@athens.example.com/go/?token=s3cret-word', 'athens.example.com/go'],
    ['https://user:12/s3cret-word@athens.example.com/go', 'athens.example.com/go'],
    ['file:///srv/modules', '/srv/modules'],
  ])('of %s keeps the place alone', (url, mirror) => {
    expect(measurementOf({ ...probe, url }, nowMs)).toEqual({
      mirror,
      atMs: nowMs,
      outcome: 'works',
      estimatedMs: 1235,
      uncertaintyMs: 100,
    });
  });

  it('of a failing mirror has no time, of one on loopback at least a millisecond', () => {
    const url = 'https://goproxy.cn';
    expect(measurementOf({ ...probe, url, status: 'fail' }, nowMs)).toMatchObject({
      outcome: 'fails',
      estimatedMs: null,
    });
    expect(measurementOf({ ...probe, url, estimatedPullMs: 0.01 }, nowMs).estimatedMs).toBe(1);
  });

  it('counts for 7 days, 50 of a mirror, 1000 in all, and not from the future', () => {
    const ages = (list: readonly Measurement[]) => list.map(({ atMs }) => (nowMs - atMs) / hourMs);
    const some = [8 * 24, 1, 3, 2, -1].map(hoursAgo => measured('a', 1, { hoursAgo }));
    expect(ages(stillCounting(some, nowMs))).toEqual([3, 2, 1]);
    const many = Array.from({ length: 100 }, (_, hoursAgo) => measured('a', 1, { hoursAgo }));
    expect(ages(stillCounting(many, nowMs))).toEqual(Array.from({ length: 50 }, (_, index) => 49 - index));
    const mirrors = Array.from({ length: 2000 }, (_, index) => measured(`m${index}`, 1));
    expect(stillCounting(mirrors, nowMs)).toHaveLength(1000);
  });
});
