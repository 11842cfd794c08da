import type { ChalkInstance } from 'chalk';
import type { Translate } from '../messages/index.ts';
import { type Context, homeFolder } from '../system/context.ts';
import { maskDeep, maskSecrets } from '../system/secrets.ts';
import { canAnimate, paintFor, type Stream, widthOf } from '../system/terminal.ts';
import type { Drawing, Line } from './line.ts';

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
  /** Pens for stderr. */
  readonly paintNote: ChalkInstance;
  /** Whether stderr may show something that moves. */
  readonly animated: boolean;
  /** What a reporter draws with on these streams. */
  drawing(t: Translate): Drawing;
  /** The lines of a report, each to its stream. */
  show(lines: Iterable<Line>): void;
  /** A result, on stdout. Nothing with --json. */
  result(text: string): void;
  /** A message, on stderr. Nothing with -q. */
  note(text: string): void;
  /** A warning or an error, on stderr, with -q too. */
  warn(text: string): void;
  /** More for -v, on stderr. */
  detail(text: string): void;
  /** Fields of the one object of --json; nothing without --json. What a run adds later stands beside what it has said already. */
  json(command: string, value: object): void;
  /** Prints that object, once, however the run ended. */
  close(): void;
  /** One of many objects of --json, each on a line of its own. */
  jsonLine(command: string, value: object): void;
  /** Shows how far a run is until it is stopped: a line that moves on a terminal; elsewhere a new one every `plainMs`, never where it is infinite. */
  progress(line: () => string, plainMs?: number): Promise<() => void>;
}

/** How often a line that moves is drawn anew, milliseconds. */
const animatedMs = 100;

/** Builds the output of a run on its two streams. */
export function createOutput(context: Context, options: OutputOptions, stdout: Stream, stderr: Stream): Output {
  const say = (stream: Stream, text: string): void => void stream.write(`${maskSecrets(text)}\n`);
  const write = (object: object, indent: number): void =>
    void stdout.write(`${JSON.stringify(maskDeep(object), null, indent)}\n`);
  let whole: object | null = null;
  let inLines = false;
  const paint = paintFor(stdout, context.env, options.noColor);
  const paintNote = paintFor(stderr, context.env, options.noColor);
  const output: Output = {
    options,
    paintNote,
    animated: canAnimate(stderr, context.env) && !options.quiet && !options.json,
    drawing: t => ({
      t,
      paint,
      paintNote,
      width: widthOf(stdout, context.env),
      home: homeFolder(context),
      verbose: options.verbose ?? false,
    }),
    show: lines => {
      for (const { to, text } of lines) output[to](text);
    },
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
      if (options.json) whole = { schemaVersion: 1, command, ...whole, ...value };
    },
    close: () => {
      if (whole && !inLines) write(whole, 2);
      whole = null;
    },
    jsonLine: (command, value) => {
      inLines = true;
      if (options.json) write({ schemaVersion: 1, command, ...value }, 0);
    },
    progress: async (line, plainMs = Number.POSITIVE_INFINITY) => {
      if (!output.animated) {
        const timer = Number.isFinite(plainMs) ? setInterval(() => output.note(line()), plainMs) : undefined;
        return () => clearInterval(timer);
      }
      const { default: ora } = await import('ora');
      const spinner = ora({ text: maskSecrets(line()), discardStdin: false }).start();
      const timer = setInterval(() => {
        spinner.text = maskSecrets(line());
      }, animatedMs);
      return () => {
        clearInterval(timer);
        spinner.stop();
      };
    },
  };
  return output;
}
