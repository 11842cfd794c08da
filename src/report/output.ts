import type { ChalkInstance } from 'chalk';
import type { Context } from '../system/context.ts';
import { maskDeep, maskSecrets } from '../system/secrets.ts';
import { canAnimate, paintFor, type Stream, widthOf } from '../system/terminal.ts';

export interface OutputOptions {
  json?: boolean | undefined;
  quiet?: boolean | undefined;
  verbose?: boolean | undefined;
  noColor: boolean;
}

/**
 * The two streams of a run: results on stdout, everything else on stderr. Every text that leaves the program goes through
 * here and is masked, so no command can print a password by mistake.
 */
export interface Output {
  readonly options: OutputOptions;
  /** Pens for stdout and stderr. */
  readonly paint: ChalkInstance;
  readonly paintNote: ChalkInstance;
  /** Columns of stdout; infinite where it is no terminal and $COLUMNS says nothing. */
  readonly width: number;
  /** Whether stderr may show something that moves. */
  readonly animated: boolean;
  /** A result, on stdout. Nothing with --json. */
  result(text: string): void;
  /** A message, on stderr. Nothing with -q. */
  note(text: string): void;
  /** A warning or an error, on stderr, with -q too. */
  warn(text: string): void;
  /** More for -v, on stderr. */
  detail(text: string): void;
  /** The one object of --json, on stdout; nothing without --json. */
  json(command: string, value: object): void;
}

/** Builds the output of a run on its two streams. */
export function createOutput(context: Context, options: OutputOptions, stdout: Stream, stderr: Stream): Output {
  const say = (stream: Stream, text: string): void => void stream.write(`${maskSecrets(text)}\n`);
  return {
    options,
    paint: paintFor(stdout, context.env, options.noColor),
    paintNote: paintFor(stderr, context.env, options.noColor),
    width: widthOf(stdout, context.env),
    animated: canAnimate(stderr, context.env) && !options.quiet && !options.json,
    result: text => {
      if (!options.json) say(stdout, text);
    },
    note: text => {
      if (!options.quiet) say(stderr, text);
    },
    warn: text => say(stderr, text),
    detail: text => {
      if (options.verbose && !options.quiet) say(stderr, text);
    },
    json: (command, value) => {
      if (options.json) stdout.write(`${JSON.stringify(maskDeep({ schemaVersion: 1, command, ...value }), null, 2)}\n`);
    },
  };
}
