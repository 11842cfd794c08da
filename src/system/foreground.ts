import { constants } from 'node:os';
import type { Context } from './context.ts';

/** How a command in the foreground ended, as a shell would say it. */
export type ForegroundEnd =
  | { kind: 'ended'; exitCode: number }
  /** `code`: `ENOENT`, `EACCES` ... */
  | { kind: 'not-started'; code: string; detail: string };

/** What a supervisor may send to us and means for the command. */
const handedOn: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];

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
  const onTerminal = [process.stdin, process.stdout, process.stderr].some(stream => stream.isTTY);
  const forward = (signal: NodeJS.Signals): void => {
    // The terminal has sent these to the command as well.
    if (onTerminal && (signal === 'SIGINT' || signal === 'SIGQUIT')) return;
    child.kill(signal);
  };
  const signals = context.platform === 'win32' ? handedOn.slice(0, 2) : handedOn;
  for (const signal of signals) process.on(signal, forward);
  try {
    const { exitCode, signal, code, cause } = await child;
    if (exitCode !== undefined) return { kind: 'ended', exitCode };
    if (signal !== undefined) return { kind: 'ended', exitCode: 128 + (constants.signals[signal] ?? 0) };
    const detail = cause instanceof Error ? cause.message : (code ?? '');
    return { kind: 'not-started', code: code ?? '', detail };
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
}
