import type { Context } from './context.ts';
import { exitCodeOf, handSignalsOn } from './signals.ts';

/** How a command in the foreground ended, as a shell would say it. */
export type ForegroundEnd =
  | { kind: 'ended'; exitCode: number }
  /** `code`: `ENOENT`, `EACCES` ... */
  | { kind: 'not-started'; code: string; detail: string };

/**
 * Runs a command on this process's own stdin, stdout and stderr, and hands signals on to it. A signal that ended it
 * gives 128 and its number, as in a shell. Our own end waits for the command's.
 */
export async function runInForeground(
  context: Context,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<ForegroundEnd> {
  const { execa } = await import('execa');
  const child = execa(file, args, {
    env: { ...env },
    extendEnv: false,
    cwd: context.cwd,
    stdio: 'inherit',
    reject: false,
    forceKillAfterDelay: false,
  });
  const stop = handSignalsOn(context, child);
  try {
    const { exitCode, signal, code, cause } = await child;
    if (exitCode !== undefined) return { kind: 'ended', exitCode };
    if (signal !== undefined) return { kind: 'ended', exitCode: exitCodeOf(signal) };
    const detail = cause instanceof Error ? cause.message : (code ?? '');
    return { kind: 'not-started', code: code ?? '', detail };
  } finally {
    stop();
  }
}
