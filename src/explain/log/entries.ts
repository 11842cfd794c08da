import { fold } from '../pattern.ts';
import { type Surroundings, surroundingsIn } from '../surroundings.ts';
import { cleanLine, splitEscaped } from './clean.ts';

/**
 * What a message is evidence of. `failure`: it may tell one. `setting`: a value, as `go env` and `env` list them. `progress`: what a
 * command says while it works. `retry`: the command begins again. `note`: what a server writes into its own log.
 */
export type Kind = 'failure' | 'setting' | 'progress' | 'retry' | 'note';

/** One message of a log: a line and what continues it. */
export interface Entry {
  readonly kind: Kind;
  /** Where it was written, as far as its lines tell. */
  readonly surroundings: Surroundings | null;
  /** The lines joined by single spaces, and the same folded for matching. */
  readonly text: string;
  readonly folded: string;
  /** Where what go relays of a server begins in `text`; its length where there is none. */
  readonly bodyAt: number;
  /** The cleaned lines, and where each starts in `text`. */
  readonly lines: readonly string[];
  readonly starts: readonly number[];
  /** The number of each line in the log, from 1. */
  readonly numbers: readonly number[];
}

const maxLines = 40;
const maxLength = 16_384;
/** How a message of go, or of what runs it, begins. */
const head =
  /^(?:go(?: (?:get|mod|install|build|list|run|test|vet|env|generate))?: |go (?:get|mod|install|build|list|run|test) |verifying |package |build |can't load |cannot |warning: |error: |unable to |Get "?https?:|Fetching |https fetch failed|reading https?:|dial tcp|import "|# |\$ |\+ |-> |- |--|===|make|The command |ERROR|Error|Step \d|Cloning into|unrecognized import path|no required module|missing go\.sum|module |x509: |zip: |[\w@%+~./\\:-]{1,300}\.go:\d{1,7}:\d|[\w.~-]{1,100}(?:\/[\w.~!-]{1,100}){0,20}@v\d[\w.+-]{0,100}: |[\w.~-]{1,100}(?:\/[\w.~!-]{1,100}){1,20}(?: v\d[\w.+-]{0,100})?: )/;

/** Beginnings that also stand in the middle of a message, behind a line that ends with a colon. */
const weakHead = /^(?:Get |reading|x509: |dial tcp|error: |zip: |verifying )/;

/** A variable and its value, as `go env`, `env`, `export` and Windows' `set` list them, and as it is typed before a command. */
const setting = /^(?:set |export |declare -x |\$env:)?(?:[A-Z_][A-Z0-9_]{1,60} ?=|[A-Za-z_]\w{1,60}=\S{0,1000}$)/;
/** What go says while all is well; with -x also that a file is not there, which it asks for only to know. */
const progress =
  /^go: (?:downloading|extracting|added|upgraded|downgraded|found|finding module for package|creating new go\.mod|to add module requirements) |^# (?:get|lookup) \S{1,1000}(?:: (?:200|404|410)\b|$)|^ok\s{1,8}\S{1,300}\s{1,8}[\d.(]|^\?\s{1,8}\S{1,300}\s{1,8}\[no test files\]|^PASS$|^Successfully |^BUILD SUCCESS|^Job succeeded/;
const retry =
  /^(?:\S{1,30} )?[[(]?(?:retry(?:ing)?|try(?:ing)? again|attempt #?\d{1,3}|重试|第 ?\d{1,3} ?次(?:尝试|重试))/i;

/** What a web server in front of a mirror notes of one that asked it (nginx, its log of errors). */
const ofServer = /, client: [\da-f.:]{3,45}, server: [^,]{0,200}, request: "/;

function kindOf(line: string): Kind {
  if (ofServer.test(line)) return 'note';
  if (progress.test(line)) return 'progress';
  if (setting.test(line)) return 'setting';
  return retry.test(line) ? 'retry' : 'failure';
}

/** Splits lines into messages. `first` is the number of the first line in the log. */
export function* entriesOf(lines: Iterable<string>, first = 1): Generator<Entry> {
  let current: string[] = [];
  let kind: Kind = 'failure';
  let surroundings: Surroundings | null = null;
  let length = 0;
  let numbers: number[] = [];
  let at = first;
  for (const raw of lines) {
    const here = surroundingsIn(raw);
    for (const line of splitEscaped(cleanLine(raw))) {
      const next = kindOf(line);
      const starts =
        line === '' ||
        kind !== 'failure' ||
        next !== 'failure' ||
        (head.test(line) && !(current.at(-1)?.endsWith(':') && weakHead.test(line))) ||
        current.length >= maxLines ||
        length + line.length > maxLength;
      if (starts && current.length > 0) {
        yield entry(current, numbers, kind, surroundings);
        current = [];
        numbers = [];
        surroundings = null;
        length = 0;
      }
      surroundings ??= here;
      if (line === '') continue;
      if (current.length === 0) kind = next;
      current.push(line);
      numbers.push(at);
      length += line.length + 1;
    }
    at++;
  }
  if (current.length > 0) yield entry(current, numbers, kind, surroundings);
}

function entry(
  lines: readonly string[],
  numbers: readonly number[],
  kind: Kind,
  surroundings: Surroundings | null,
): Entry {
  const starts: number[] = [];
  let text = '';
  for (const line of lines) {
    if (text !== '') text += ' ';
    starts.push(text.length);
    text += line.trim();
  }
  const folded = fold(text);
  const relayed = folded.indexOf('server response:');
  const bodyAt = relayed < 0 ? text.length : relayed;
  return { kind, surroundings, text, folded, bodyAt, lines, starts, numbers };
}

/** The line of a message that holds a place of its text, and its number in the log. */
export function lineAt({ lines, starts, numbers }: Entry, place: number): { line: string; number: number } {
  let index = 0;
  while (index + 1 < starts.length && starts[index + 1]! <= place) index++;
  return { line: lines[index]!.trim(), number: numbers[index]! };
}
