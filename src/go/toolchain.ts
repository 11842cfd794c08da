import type { Context } from '../system/context.ts';
import type { Ended, RunOptions } from '../system/process.ts';

/** The go command of this machine. This file is the only place that starts it. */
export interface Toolchain {
  /** Absolute path of the executable. */
  readonly path: string;
  /** `go1.26.8`, or null where it cannot say. */
  readonly version: string | null;
  /** Runs `go ARGS`. A broken GOTOOLCHAIN or GOFLAGS of the user is in effect unless `options.env` says otherwise. */
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
}

/** Finds go in PATH; null where it is not installed. */
export async function findToolchain(_context: Context): Promise<Toolchain | null> {
  throw new Error('pending');
}
