import type { SentenceArgs } from './sentence.ts';

/** An error that a person is meant to read: `messages` words it by its code, hint included (`CODE.hint` where it exists). */
export class CliError extends Error {
  /** The code of a sentence; a test finds those that have none. */
  readonly code: string;
  readonly args: SentenceArgs;
  /** 1: something is wrong with what was looked at or changed. 2: usage, or it could not run. */
  readonly exitCode: 1 | 2;

  constructor(code: string, args: SentenceArgs = {}, exitCode: 1 | 2 = 2) {
    super(code);
    this.name = 'CliError';
    this.code = code;
    this.args = args;
    this.exitCode = exitCode;
  }
}
