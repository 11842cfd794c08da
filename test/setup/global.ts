import { existsSync } from 'node:fs';
import { labCache } from '../lab/machine.ts';
import { withScratch } from '../lab/scratch.ts';
import { sizeOf } from '../lab/size.ts';
import { inUse } from '../lab/store.ts';
import { lanes, type Piece } from './pieces.ts';

/** What the lab's cache may take, bytes. */
const limit = 1.5e9;

const say = (line: string) => process.stderr.write(`set-up: ${line}\n`);
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;
const seconds = (since: number): string => `${Math.round((performance.now() - since) / 1000)} s`;

/**
 * Prepares what the tests stand on before the first of them runs, so that none waits for a build: real servers, other Go and Node.js
 * releases, real modules, real checksum records. Only this step uses the network. The first run takes some minutes, later ones find
 * everything in the lab's cache.
 */
export async function setup(): Promise<void> {
  const started = performance.now();
  const count = lanes.flat().length;
  let done = 0;
  if (!existsSync(labCache)) say(`${count} pieces for ${labCache}, once; this takes some minutes`);
  const ended = await withScratch(() => Promise.allSettled(lanes.map(makeAll)));
  for (const lane of ended) if (lane.status === 'rejected') throw lane.reason;
  await weigh(`all ${count} pieces are there after ${seconds(started)}`);

  async function makeAll(lane: readonly Piece[]): Promise<void> {
    for (const { name, make } of lane) {
      const begun = performance.now();
      await make();
      done++;
      if (performance.now() - begun < 1000) continue; // It was there.
      say(`${done} of ${count}: ${name}, ${seconds(begun)}; ${seconds(started)} so far`);
    }
  }
}

/** Nothing may grow unseen: what the tests use has a limit, and what else lies there is named. */
async function weigh(done: string): Promise<void> {
  const sizes = await Promise.all([...inUse].map(sizeOf));
  const used = sizes.reduce((sum, size) => sum + size, 0);
  const all = await sizeOf(labCache);
  say(`${done}; ${labCache} takes ${gigabytes(used)}`);
  if (all - used > limit / 10) say(`${gigabytes(all - used)} more there are other versions': delete them at will`);
  if (used > limit) throw new Error(`The lab's cache may take ${gigabytes(limit)}, not ${gigabytes(used)}.`);
}
