import { constants } from 'node:os';
import type { Context } from './context.ts';

/** What a supervisor may send to us and means for the command. */
const handedOn: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];

/** Hands signals on to a command that runs on this process's own terminal or pipes, until the function returned is called. */
export function handSignalsOn(
  { platform }: Pick<Context, 'platform'>,
  command: { kill(signal: NodeJS.Signals): unknown },
): () => void {
  const onTerminal = [process.stdin, process.stdout, process.stderr].some(stream => stream.isTTY);
  const forward = (signal: NodeJS.Signals): void => {
    // The terminal has sent these to the command as well.
    if (onTerminal && (signal === 'SIGINT' || signal === 'SIGQUIT')) return;
    command.kill(signal);
  };
  const signals = platform === 'win32' ? handedOn.slice(0, 2) : handedOn;
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
  };
}

/** The exit code of a shell for a command that a signal ended: 128 and its number. */
export function exitCodeOf(signal: string): number {
  return 128 + (constants.signals[signal as NodeJS.Signals] ?? 0);
}
