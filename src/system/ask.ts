import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from './context.ts';

/** Whether a person can be asked: both ends are a terminal that can redraw, and `--no-input` was not given. */
export function canAsk({ env }: Pick<Context, 'env'>, input: boolean): boolean {
  return input && process.stdin.isTTY === true && process.stderr.isTTY === true && env.TERM !== 'dumb' && !env.CI;
}

export interface Answer<T> {
  name: string;
  value: T;
}

/** Lets a person choose from a list with the arrow keys; drawn on stderr. Ctrl-C ends it like any other wait: with the signal of the context. */
export async function choose<T>(context: Context, message: string, answers: readonly Answer<T>[]): Promise<T> {
  const { default: select } = await import('@inquirer/select');
  const choices = answers.map(answer => ({ ...answer }));
  const { signal } = context;
  try {
    return await select<T>({ message, choices, pageSize: 15, loop: false }, { output: process.stderr, signal });
  } catch (error) {
    if ((error as Error).name === 'ExitPromptError') await interrupted(signal);
    throw error;
  }
}

/** On a terminal in raw mode Ctrl-C is a key: this makes it the signal that the whole run knows. */
async function interrupted(signal: AbortSignal): Promise<void> {
  process.kill(process.pid, 'SIGINT');
  await sleep(1000, undefined, { signal }).catch(() => {});
}
