import { PassThrough } from 'node:stream';
import type { Context } from './context.ts';
import { CliError } from './errors.ts';
import { exitCodeOf, handSignalsOn } from './signals.ts';

/** A command that runs while its output passes through. */
export interface PassingThrough {
  /** Both of its streams, in the order in which they came. Must be read to its end, or the command waits. */
  readonly output: AsyncIterable<Buffer>;
  /** 128 + number where a signal ended it. Rejects with `explain.error.cannot-start`. */
  readonly exitCode: Promise<number>;
}

/**
 * Starts a command on this process's own standard streams (its stdout on stderr where `stdoutTo` says so), and hands out
 * what it writes besides. Signals are passed on to it.
 */
export async function passThrough(
  context: Context,
  [file = '', ...args]: readonly string[],
  stdoutTo: 'stdout' | 'stderr',
): Promise<PassingThrough> {
  const { spawn } = await import('node:child_process');
  const child = spawn(file, args, {
    cwd: context.cwd,
    env: { ...context.env },
    stdio: ['inherit', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const output = new PassThrough();
  child.stdout.pipe(process[stdoutTo], { end: false });
  child.stderr.pipe(process.stderr, { end: false });
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  const stop = handSignalsOn(context, child);
  const exitCode = new Promise<number>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(new CliError('explain.error.cannot-start', { command: file, reason: error.code ?? error.message })),
    );
    child.once('close', (code, signal) => resolve(code ?? exitCodeOf(signal ?? '')));
  }).finally(() => {
    stop();
    output.end();
  });
  exitCode.catch(() => {});
  return { output, exitCode };
}
