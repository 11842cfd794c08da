import type { Context } from './context.ts';

/** Whether a person can be asked: both ends are a terminal that can redraw, and `--no-input` was not given. */
export function canAsk({ env }: Pick<Context, 'env'>, input: boolean): boolean {
  return input && process.stdin.isTTY === true && process.stderr.isTTY === true && env.TERM !== 'dumb' && !env.CI;
}

export interface Answer<T> {
  name: string;
  value: T;
  /** Why it cannot be chosen, or false. */
  disabled?: string | false;
}

/** Lets a person choose from a list with the arrow keys; drawn on stderr. Ctrl-C rejects like an aborted signal. */
export async function choose<T>(context: Context, message: string, answers: readonly Answer<T>[]): Promise<T> {
  const { default: select } = await import('@inquirer/select');
  return select<T>(
    { message, choices: answers.map(answer => ({ ...answer })), pageSize: 15, loop: false },
    { output: process.stderr, signal: context.signal },
  );
}
