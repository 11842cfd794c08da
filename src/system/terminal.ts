import { Chalk, type ChalkInstance } from 'chalk';
import type { Context } from './context.ts';

/** A stream that may be a terminal. */
export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Whether a stream gets colours: `--no-color`, NO_COLOR, FORCE_COLOR, TERM=dumb and not-a-terminal, judged for each stream. */
function wantsColor(stream: Stream, env: Context['env'], noColor: boolean): boolean {
  if (noColor || env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '')
    return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** The pens for a stream: they leave text as it is where colours are not wanted. */
export function paintFor(stream: Stream, env: Context['env'], noColor: boolean): ChalkInstance {
  return new Chalk({ level: wantsColor(stream, env, noColor) ? 1 : 0 });
}

/** Whether something on this stream may move: a terminal that can redraw a line. */
export function canAnimate(stream: Stream, env: Context['env']): boolean {
  return stream.isTTY === true && env.TERM !== 'dumb' && !env.CI;
}

/** Columns of a terminal; `$COLUMNS` or no limit elsewhere. */
export function widthOf(stream: Stream, env: Context['env']): number {
  const named = Number(env.COLUMNS);
  if (stream.isTTY && stream.columns) return stream.columns;
  return Number.isInteger(named) && named > 0 ? named : Number.POSITIVE_INFINITY;
}
