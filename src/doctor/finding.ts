import type { Cause } from '../causes.ts';
import type { Change } from '../changes/plan.ts';
import type { MessageArgs } from '../messages/index.ts';

export type FindingStatus = 'pass' | 'warn' | 'fail' | 'skip' | 'crash';

/** One thing that a check found. Its sentence is `finding.CODE` of `messages`, filled with `args`. */
export interface Finding {
  code: string;
  status: FindingStatus;
  cause: Cause | null;
  /** The host:port, variable, pattern, module or path it is about, literally. */
  target: string;
  args: MessageArgs;
  remediation: { commands: string[]; changes: Change[] };
}
