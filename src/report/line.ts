import type { ChalkInstance } from 'chalk';
import type { Translate } from '../messages/index.ts';

/** A line of a report and where it goes: a result on stdout, the others on stderr (`note` not with -q, `detail` only with -v). */
export interface Line {
  readonly to: 'result' | 'note' | 'warn' | 'detail';
  readonly text: string;
}

export const result = (text: string): Line => ({ to: 'result', text });
export const note = (text: string): Line => ({ to: 'note', text });
export const warn = (text: string): Line => ({ to: 'warn', text });
export const detail = (text: string): Line => ({ to: 'detail', text });

/** What a reporter draws with. */
export interface Drawing {
  readonly t: Translate;
  /** Pens for stdout and stderr. */
  readonly paint: ChalkInstance;
  readonly paintNote: ChalkInstance;
  /** Columns of stdout, or infinite. */
  readonly width: number;
  /** Written as `~` where a path begins with it; null where there is none. */
  readonly home: string | null;
  readonly verbose: boolean;
}
