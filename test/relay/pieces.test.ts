import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/modproxy/body.ts';
import { versionFile } from '../../src/modproxy/proxy-file.ts';
import { openPieces } from '../../src/relay/pieces.ts';
import { openSpool, type Spool } from '../../src/relay/spool.ts';
import type { Upstream, UpstreamReply } from '../../src/relay/upstream.ts';
import type { Context } from '../../src/system/context.ts';
import { type Random, seeded } from './random.ts';

const file = versionFile('m.test', 'v1.0.0', 'zip');
let home: string;
let spool: Spool;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'go-mirror-test-'));
  const context = { env: { HOME: home }, cwd: home, platform: 'linux', signal: new AbortController().signal };
  spool = await openSpool(context as Context);
});
afterAll(async () => {
  spool.close();
  await rm(home, { recursive: true });
});

/** An upstream that gives parts of a file in pieces of random sizes, and breaks some of them off. */
function upstreamOf(content: Buffer, random: Random, how: { breaks: number; ranges: boolean }) {
  const asked: string[] = [];
  const body = (from: number, to: number): Readable => {
    const breaksAt = random.next() < how.breaks ? from + Math.floor(random.next() * (to - from)) : null;
    let at = from;
    return new Readable({
      highWaterMark: 1,
      read() {
        if (breaksAt !== null && at >= breaksAt) return void this.destroy(new Error('reset'));
        if (at >= to) return void this.push(null);
        const end = Math.min(to, breaksAt ?? to, at + 1 + Math.floor(random.next() * 60_000));
        const chunk = content.subarray(at, end);
        at = end;
        setImmediate(() => this.push(chunk));
      },
    });
  };
  const headers = { 'accept-ranges': 'bytes', etag: '"1"' };
  const upstream = {
    requests: 0,
    failures: 0,
    async get(_: unknown, __: unknown, options: { headers: Record<string, string> }): Promise<UpstreamReply> {
      const [, from, to] = options.headers.range!.match(/^bytes=(\d+)-(\d*)$/)!;
      asked.push(options.headers.range!);
      if (!how.ranges) return { status: 200, statusText: '', headers, body: body(0, content.length) };
      const end = to === '' ? content.length : Number(to) + 1;
      const range = { ...headers, 'content-range': `bytes ${from}-${end - 1}/${content.length}` };
      return { status: 206, statusText: '', headers: range, body: body(Number(from), end) };
    },
  } as unknown as Upstream;
  const first: UpstreamReply = { status: 200, statusText: '', headers, body: body(0, content.length) };
  return { upstream, first, asked };
}

async function receive(seed: number, how: { breaks: number; ranges: boolean; patience?: number }) {
  const random = seeded(seed);
  const content = Buffer.from(Array.from({ length: 50_000 }, () => Math.floor(random.next() * 256)));
  const whole = Buffer.concat(Array.from({ length: 1 + Math.floor(random.next() * 60) }, () => content));
  const { upstream, first, asked } = upstreamOf(whole, random, how);
  let arrived = 0;
  const pieces = openPieces({
    ...{ upstream, file, spool, first, length: whole.length, signal: new AbortController().signal },
    soonMs: how.patience ?? 0,
    resumed: () => {},
    arrived: bytes => {
      arrived += bytes;
      // Not by a clock: how much is asked for in parts must not depend on how busy the machine is.
      if (random.next() < 0.3) setImmediate(() => pieces.split());
    },
  });
  const sink = spool.writer();
  try {
    await pieces.receive(sink);
    const body = await sink.finish();
    const bytes = await bytesOf(body);
    await spool.release(body);
    return { isRight: bytes.equals(whole), isCounted: arrived === whole.length, asked };
  } finally {
    await sink.discard();
  }
}

describe('a body in pieces', () => {
  it('is whole and in order, wherever it was split and whatever broke off', async () => {
    let split = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const result = await receive(seed, { breaks: 0, ranges: true });
      expect(result, `seed ${seed}`).toMatchObject({ isRight: true, isCounted: true });
      if (result.asked.length > 0) split += 1;
    }
    expect(split).toBeGreaterThan(20);
  });

  it('is right or fails where pieces break off, and leaves nothing', async () => {
    let right = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const result = await receive(seed, { breaks: 0.2, ranges: true }).catch(() => null);
      if (result) expect(result, `seed ${seed}`).toMatchObject({ isRight: true });
      if (result) right += 1;
    }
    expect(right).toBeGreaterThan(20);
    await new Promise(wake => setTimeout(wake, 100));
    expect((await readdir(join(home, '.cache/go-mirror/relay'), { recursive: true })).length).toBe(1);
  });

  it('fails where the upstream gives the whole in place of a part, and never mixes them', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const result = await receive(seed, { breaks: 0, ranges: false }).catch(() => null);
      if (result) expect(result).toMatchObject({ isRight: true });
    }
  });

  it('comes in one piece where it is soon there', async () => {
    const { asked } = await receive(1, { breaks: 0, ranges: true, patience: 60_000 });
    expect(asked).toEqual([]);
  });
});
