import type { Translate } from '../messages/index.ts';
import { CliError } from '../system/errors.ts';

/** An error that a person is meant to read, in words. */
export interface WordedError {
  /** The `error` of `--json`. */
  json: { code: string; message: string; hint: string | null };
  /** The same for stderr. */
  lines: string[];
  exitCode: 1 | 2;
}

/** Words an error by its code; null for one that no code is known for. */
export function wordError(error: unknown, t: Translate): WordedError | null {
  if (!(error instanceof CliError)) return null;
  const message = t.optional(error.code, error.args) ?? error.code;
  const hint = t.optional(`${error.code}.hint`, error.args);
  return {
    json: { code: error.code.replace(/^error\./, ''), message, hint },
    lines: [t('error.prefix', { message }), ...(hint ? [t('error.hint', { hint })] : [])],
    exitCode: error.exitCode,
  };
}
