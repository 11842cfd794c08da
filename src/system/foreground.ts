import type { Context } from './context.ts';
import { exitCodeOf, handSignalsOn } from './signals.ts';

/** How a command in the foreground ended, as a shell would say it. */
export type ForegroundEnd =
  | { kind: 'ended'; exitCode: number }
  /** `code`: `ENOENT`, `EACCES` ... */
  | { kind: 'not-started'; code: string; detail: string };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Runs a command on this process's own stdin, stdout and stderr, and hands signals on to it. A signal that ended it
 * gives 128 and its number, as in a shell. Our own end waits for the command's.
 */
export async function runInForeground(
  context: Context,
  [file = '', ...args]: readonly string[],
  env: Environment,
): Promise<ForegroundEnd> {
  const { execa } = await import('execa');
  const child = execa(file, args, { ...optionsOf(context, env), stdio: 'inherit' });
  const stop = handSignalsOn(context, child);
  try {
    return endOf(await child);
  } finally {
    stop();
  }
}

export interface HearingOptions<Heard> {
  env: Environment;
  /** Reads both streams, in the order in which they came, to their end: the command waits for it. */
  hear(output: AsyncIterable<Buffer>): Promise<Heard>;
  /** Where the command's stdout is shown. */
  stdoutTo: 'stdout' | 'stderr';
}

/** The same while its output is read besides: it is shown as it comes, but the command sees a pipe in place of a terminal. */
export async function runAndHear<Heard>(
  context: Context,
  [file = '', ...args]: readonly string[],
  { env, hear, stdoutTo }: HearingOptions<Heard>,
): Promise<{ end: ForegroundEnd; heard: Heard }> {
  const { execa } = await import('execa');
  const child = execa(file, args, {
    ...optionsOf(context, env),
    stdin: 'inherit',
    stdout: [stdoutTo === 'stdout' ? 1 : 2, 'pipe'],
    stderr: ['inherit', 'pipe'],
    all: true,
    buffer: false,
    encoding: 'buffer',
  });
  const stop = handSignalsOn(context, child);
  try {
    const [heard, ended] = await Promise.all([hear(child.all as AsyncIterable<Buffer>), child]);
    return { end: endOf(ended), heard };
  } finally {
    stop();
  }
}

function optionsOf(context: Context, env: Environment) {
  return { env: { ...env }, extendEnv: false, cwd: context.cwd, reject: false, forceKillAfterDelay: false } as const;
}

function endOf(result: {
  exitCode?: number | undefined;
  signal?: string | undefined;
  code?: string | undefined;
  cause?: unknown;
}): ForegroundEnd {
  const { exitCode, signal, code, cause } = result;
  if (exitCode !== undefined) return { kind: 'ended', exitCode };
  if (signal !== undefined) return { kind: 'ended', exitCode: exitCodeOf(signal) };
  return { kind: 'not-started', code: code ?? '', detail: cause instanceof Error ? cause.message : (code ?? '') };
}
