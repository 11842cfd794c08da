import { decodeLine } from './decode.ts';
import type { Spotter } from './spotter.ts';

/** Lines of a log that stand together. */
export interface Excerpt {
  lines: string[];
  /** The number of the first one in the log, from 1. */
  first: number;
}

/** Up to here a log is looked at whole, beyond only around the places where one of the words of a rule stands. */
const wholeBytes = 256 * 1024;
const blockBytes = 1024 * 1024;
/** What is kept around such a place, as far as it is there: bytes, and lines. */
const before = { bytes: 4096, lines: 12 };
const after = { bytes: 8192, lines: 40 };
/** Places of one word that are looked at; what says the same for the thousandth time says nothing new. */
const maxPlaces = 1500;

/** The parts of a log that can matter, in order, in bounded memory. Parts may overlap. */
export async function* excerptsOf(chunks: AsyncIterable<Uint8Array>, spotter: () => Spotter): AsyncGenerator<Excerpt> {
  const places = new Map<number, number>();
  let pending: Uint8Array[] = [];
  let size = 0;
  let context = 0;
  let line = 1;
  let started = false;
  function* scan(block: Buffer, to: number): Generator<Excerpt> {
    const windows = windowsOf(block, context, to, spotter(), places);
    let counted = { at: 0, line };
    for (const [start, end] of windows) {
      counted = { at: start, line: counted.line + newlines(block, counted.at, start) };
      yield { lines: linesOf(block.subarray(start, end)), first: counted.line };
    }
    const keep = Math.max(0, to - before.bytes);
    line += newlines(block, 0, keep);
    context = to - keep;
    pending = [Uint8Array.from(block.subarray(keep))];
    size = pending[0]!.length;
    started = true;
  }
  for await (const chunk of chunks) {
    pending.push(chunk);
    size += chunk.length;
    if (size < blockBytes) continue;
    const block = Buffer.concat(pending);
    yield* scan(block, block.length - after.bytes);
  }
  const rest = Buffer.concat(pending);
  if (started || rest.length > wholeBytes) yield* scan(rest, rest.length);
  else yield { lines: linesOf(rest), first: 1 };
}

/** Where the words stand, widened by their surroundings and merged. */
function windowsOf(
  block: Buffer,
  from: number,
  to: number,
  spotter: Spotter,
  places: Map<number, number>,
): [number, number][] {
  const windows: [number, number][] = [];
  let covered = -1;
  spotter.spot(block, Math.max(0, from - 64), to, (word, end) => {
    if (end <= covered) return;
    const seen = places.get(word) ?? 0;
    if (seen >= maxPlaces) return;
    places.set(word, seen + 1);
    const window: [number, number] = [startBefore(block, end), endAfter(block, end)];
    covered = lineEnd(block, end);
    const last = windows.at(-1);
    if (last && window[0] <= last[1]) last[1] = Math.max(last[1], window[1]);
    else windows.push(window);
  });
  return windows;
}

function startBefore(block: Buffer, place: number): number {
  const limit = Math.max(0, place - before.bytes);
  for (let at = place - 1, lines = 0; at >= limit; at--) {
    if (block[at] === 10 && ++lines > before.lines) return at + 1;
  }
  return limit;
}

function endAfter(block: Buffer, place: number): number {
  const limit = Math.min(block.length, place + after.bytes);
  for (let at = place, lines = 0; at < limit; at++) if (block[at] === 10 && ++lines > after.lines) return at;
  return limit;
}

function lineEnd(block: Buffer, place: number): number {
  const end = block.indexOf(10, place);
  return end < 0 ? block.length : Math.min(end, place + after.bytes);
}

function newlines(block: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = block.indexOf(10, from); at >= 0 && at < to; at = block.indexOf(10, at + 1)) count++;
  return count;
}

/** Lines by `\n` and, as progress bars write them, by a `\r` alone; a very long one is cut into several. */
function linesOf(bytes: Buffer): string[] {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    let end = bytes.indexOf(10, start);
    if (end < 0) end = bytes.length;
    for (let at = start; at < end; at += after.bytes) {
      lines.push(
        decodeLine(bytes.subarray(at, Math.min(end, at + after.bytes)))
          .trimEnd()
          .replace(/\r/g, ' '),
      );
    }
    if (start === end) lines.push('');
    start = end + 1;
  }
  return lines;
}
