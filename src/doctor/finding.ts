import type { Cause } from '../causes.ts';
import type { Change } from '../changes/plan.ts';
import type { SentenceArgs } from '../system/sentence.ts';

export type FindingStatus = 'pass' | 'warn' | 'fail' | 'skip' | 'crash';

/** One thing that a check found. Its sentence is `finding.CODE` of `messages`, filled with `args`. */
export interface Finding {
  code: string;
  status: FindingStatus;
  cause: Cause | null;
  /** The host:port, variable, pattern, module or path it is about, literally. */
  target: string;
  args: SentenceArgs;
  remediation: { commands: string[]; changes: Change[] };
}

interface Details {
  args?: SentenceArgs;
  commands?: string[];
}

/** A finding that names a cause; its sentence is the cause's own unless `code` says otherwise. */
export function problem(
  status: 'fail' | 'warn',
  cause: Cause | null,
  target: string,
  { code, args = {}, commands = [], detail = '' }: Details & { code?: string; detail?: string } = {},
): Finding {
  // Of a silence there is nothing more to say than its sentence does.
  const words = detail === '' || cause === 'stalled' ? '' : ` (${detail})`;
  return {
    code: code ?? cause ?? 'unknown',
    status,
    cause,
    target,
    args: { target, words, ...args },
    remediation: { commands, changes: [] },
  };
}

/** A finding that says that something is well, or why it was not looked at. */
export function note(status: 'pass' | 'skip', code: string, target = '', args: SentenceArgs = {}): Finding {
  return { code, status, cause: null, target, args: { target, ...args }, remediation: { commands: [], changes: [] } };
}
