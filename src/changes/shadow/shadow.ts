import type { Reader } from './assignments.ts';

/** The line of a file, or the place in the registry, that puts a variable into the environment. */
export interface ShadowOrigin {
  file: string;
  /** 1 for the first line; null in the registry. */
  line: number | null;
  text: string;
  /** `user` or `machine` in the registry of Windows, else null. */
  scope: 'user' | 'machine' | null;
  /** Who reads the file; null for the registry. */
  reader: Reader | null;
}

export interface Shadow {
  variable: string;
  value: string;
  /** The place that sets this very value, or null where none was found (a parent process, an editor, a container). */
  origin: ShadowOrigin | null;
  /** Where there is none, a place that sets another value, or null. */
  differing: ShadowOrigin | null;
  /** What clears it in the shell of the user. */
  clear: string;
}
