import { fold } from '../pattern.ts';
import { cleanLine, splitEscaped } from './clean.ts';

/** One message of a log: a line and what continues it. */
export interface Entry {
  /** The lines joined by single spaces, and the same folded for matching. */
  readonly text: string;
  readonly folded: string;
  /** Where what go relays of a server begins in `text`; its length where there is none. */
  readonly bodyAt: number;
  /** The cleaned lines, and where each starts in `text`. */
  readonly lines: readonly string[];
  readonly starts: readonly number[];
  /** Number of its first line in the log, from 1. */
  readonly number: number;
}

const maxLines = 40;
const maxLength = 16_384;
/** How a message of go, or of what runs it, begins. */
const head =
  /^(?:go(?: (?:get|mod|install|build|list|run|test|vet|env|generate))?: |go (?:get|mod|install|build|list|run|test) |verifying |package |build |can't load |cannot |warning: |error: |unable to |Get "?https?:|Fetching |https fetch failed|reading https?:|dial tcp|import "|# |\$ |\+ |-> |- |--|===|make|The command |ERROR|Error|Step \d|Cloning into|unrecognized import path|no required module|missing go\.sum|module |x509: |zip: |[\w@%+~./\\:-]{1,300}\.go:\d{1,7}:\d|[\w.~-]{1,100}(?:\/[\w.~!-]{1,100}){0,20}@v\d[\w.+-]{0,100}: |[\w.~-]{1,100}(?:\/[\w.~!-]{1,100}){1,20}(?: v\d[\w.+-]{0,100})?: )/;

/** Beginnings that also stand in the middle of a message, behind a line that ends with a colon. */
const weakHead = /^(?:Get |reading|x509: |dial tcp|error: |zip: |verifying )/;

/** Splits lines into messages. `first` is the number of the first line in the log. */
export function* entriesOf(lines: Iterable<string>, first = 1): Generator<Entry> {
  let current: string[] = [];
  let length = 0;
  let number = first;
  let at = first;
  for (const raw of lines) {
    for (const line of splitEscaped(cleanLine(raw))) {
      const starts =
        line === '' ||
        (head.test(line) && !(current.at(-1)?.endsWith(':') && weakHead.test(line))) ||
        current.length >= maxLines ||
        length + line.length > maxLength;
      if (starts && current.length > 0) {
        yield entry(current, number);
        current = [];
        length = 0;
      }
      if (line === '') continue;
      if (current.length === 0) number = at;
      current.push(line);
      length += line.length + 1;
    }
    at++;
  }
  if (current.length > 0) yield entry(current, number);
}

function entry(lines: readonly string[], number: number): Entry {
  const starts: number[] = [];
  let text = '';
  for (const line of lines) {
    if (text !== '') text += ' ';
    starts.push(text.length);
    text += line.trim();
  }
  const folded = fold(text);
  const relayed = folded.indexOf('server response:');
  return { text, folded, bodyAt: relayed < 0 ? text.length : relayed, lines, starts, number };
}

/** The line of a message that holds a place of its text. */
export function lineAt({ lines, starts }: Entry, place: number): string {
  let index = 0;
  while (index + 1 < starts.length && starts[index + 1]! <= place) index++;
  return lines[index]!.trim();
}
