import type { Translate } from '../messages/index.ts';
import type { Output } from '../report/output.ts';
import type { Context } from '../system/context.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  json?: boolean;
  lang?: string;
  /** False with --no-color. */
  color: boolean;
  quiet?: boolean;
  verbose?: boolean;
  yes?: boolean;
  /** False with --no-input: never ask. */
  input: boolean;
  catalogue?: string;
}

/** One call of one command, as its file in `commands/` receives it. */
export interface Invocation<Options = object> {
  readonly context: Context;
  readonly out: Output;
  readonly t: Translate;
  readonly name: string;
  /** The operands before any `--`. */
  readonly args: readonly string[];
  readonly options: Options & GlobalOptions;
  /** What stands after `--`, or null where there is none. Only `run` and `explain` take it; elsewhere it is part of `args`. */
  readonly passthrough: readonly string[] | null;
}

/** A command ends with its exit code; an error that a person is meant to read is thrown as a `CliError`. */
export type Command<Options = object> = (invocation: Invocation<Options>) => Promise<number>;
