import { describe, expect, test } from 'vitest';
import { bandwidthOf } from '../../src/probe/bandwidth.ts';
import { estimate } from '../../src/probe/estimate.ts';
import type { Workload } from '../../src/probe/workload.ts';
import { ZipSizes } from '../../src/probe/zip-sizes.ts';
import type { ProjectModule } from '../../src/project/project.ts';

/** A body as TCP brings it: bursts at the line's rate that double with each round trip, pieces of 8 kB. */
function slowStart(bytes: number, rttMs: number, bytesPerMs: number): { atMs: number; bytes: number }[] {
  const arrivals = [];
  let window = 14_600;
  let burstAtMs = rttMs;
  for (let sent = 0, inBurst = 0, atMs = burstAtMs; sent < bytes; ) {
    const piece = Math.min(8192, bytes - sent);
    sent += piece;
    inBurst += piece;
    atMs += piece / bytesPerMs;
    arrivals.push({ atMs, bytes: sent });
    if (inBurst < window) continue;
    burstAtMs += rttMs;
    atMs = Math.max(atMs, burstAtMs);
    window *= 2;
    inBurst = 0;
  }
  return arrivals;
}

describe('the rate of a line from one download', () => {
  test.each([
    [5, 25_000],
    [20, 250],
    [80, 6000],
    [150, 12_500],
    [300, 20_000],
  ])('is found in slow start: round trip %d ms, %d bytes/ms', (rttMs, bytesPerMs) => {
    const { bytesPerSecond } = bandwidthOf({ arrivals: slowStart(1_200_000, rttMs, bytesPerMs) })!;
    expect(bytesPerSecond / 1000 / bytesPerMs).toBeCloseTo(1, 1);
  });

  test('heaps that arrive at once after a loss do not raise it, nor do pauses lower it', () => {
    const arrivals = slowStart(1_200_000, 10, 1000).map(({ atMs, bytes }) => ({
      // 800 to 900 kB wait for a lost packet.
      atMs: bytes > 800_000 && bytes < 900_000 ? 1000 : bytes >= 900_000 ? atMs + 100 : atMs,
      bytes,
    }));
    expect(bandwidthOf({ arrivals })!.bytesPerSecond).toBeCloseTo(1e6, -5);
  });

  test('is unknown where too little came', () => {
    expect(bandwidthOf({ arrivals: [] })).toBeNull();
    expect(bandwidthOf({ arrivals: [{ atMs: 5, bytes: 20_000 }] })).toBeNull();
  });
});

describe('what is downloaded for the bandwidth', () => {
  const moduleOf = (path: string): ProjectModule => ({
    path,
    version: 'v1.0.0',
    wantsZip: true,
    zipHash: null,
    modHash: null,
    zipBytes: null,
  });
  const [small, large] = [moduleOf('rsc.io/quote'), moduleOf('golang.org/x/text')];
  const all = (): boolean => true;

  test('is the beginning of a large zip where only the sizes of small ones are known', () => {
    const sizes = new ZipSizes([small, large]);
    sizes.take(({ path }) => path === small.path);
    sizes.learn(small, 5000, null);
    expect(sizes.downloadFor(1_200_000, all)).toEqual({ module: large, ranged: true });
    expect(sizes.downloadFor(1_200_000, ({ path }) => path === small.path)).toEqual({ module: small, ranged: false });
  });
});

describe('the estimate', () => {
  const workload: Workload = { modules: 10, zips: 10, goMods: 20, parallel: 1, sizes: ZipSizes.of(1_000_000) };
  const samples = { info: [100], mod: [100], zip: [100], bandwidth: { bytesPerSecond: 1_000_000, bytes: 500_000 } };

  test('of one worker is the sum of all', () => {
    // 40 answers of 100 ms, 1 s of transfer, 60 ms of unpacking.
    expect(estimate(samples, workload)?.estimatedPullMs).toBeCloseTo(4000 + 1000 + 60);
  });

  test('two workers fetch go.mods and zips in half the time, .info files not', () => {
    const far = { ...samples, bandwidth: { bytesPerSecond: 1e12, bytes: 500_000 } };
    expect(estimate(far, { ...workload, parallel: 2 })?.estimatedPullMs).toBeCloseTo(1000 + 1000 + 530);
  });

  test('no number of workers is faster than the line', () => {
    const slow = { ...samples, bandwidth: { bytesPerSecond: 10_000, bytes: 60_000 } };
    const { estimatedPullMs } = estimate(slow, { ...workload, parallel: 64 })!;
    expect(estimatedPullMs).toBeGreaterThanOrEqual(100_000);
    expect(estimatedPullMs).toBeLessThan(103_000);
  });

  test('without a download it says how little it knows, and without a sample nothing', () => {
    const known = estimate(samples, workload)!;
    const unknown = estimate({ ...samples, bandwidth: null }, workload)!;
    expect(unknown.bandwidthBytesPerSecond).toBeNull();
    expect(unknown.uncertaintyMs / unknown.estimatedPullMs).toBeGreaterThan(
      known.uncertaintyMs / known.estimatedPullMs,
    );
    expect(estimate({ info: [], mod: [], zip: [], bandwidth: null }, workload)).toBeNull();
  });
});
