import type { MessageArgs, MessageCode } from '../messages/index.ts';

/** An error that a person is meant to read: worded by `messages` from its code, hint included (`CODE.hint` where it exists). */
export class CliError extends Error {
  readonly code: MessageCode;
  readonly args: MessageArgs;
  /** 1: something is wrong with what was looked at or changed. 2: usage, or it could not run. */
  readonly exitCode: 1 | 2;

  constructor(code: MessageCode, args: MessageArgs = {}, exitCode: 1 | 2 = 2) {
    super(code);
    this.name = 'CliError';
    this.code = code;
    this.args = args;
    this.exitCode = exitCode;
  }
}
