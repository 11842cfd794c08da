import { createInterface } from 'node:readline/promises';
import type { Context } from './context.ts';

/** Asks a yes-or-no question on stderr; anything but `y` or `yes` is no. Ctrl-C rejects like an aborted signal. */
export async function confirm({ signal }: Pick<Context, 'signal'>, question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|是)$/i.test((await lines.question(question, { signal })).trim());
  } finally {
    lines.close();
  }
}
