import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from './context.ts';

/** Bytes as they come. */
export type Bytes = AsyncIterable<Uint8Array>;

/** Standard input, or null where it is a terminal that nobody has been asked to type on. */
export function standardInput(): Bytes | null {
  return process.stdin.isTTY ? null : process.stdin;
}

/** The bytes of a file; errors come while reading. */
export function fileBytes(context: Context, file: string): Bytes {
  return createReadStream(resolve(context.cwd, file), { highWaterMark: 256 * 1024 });
}
