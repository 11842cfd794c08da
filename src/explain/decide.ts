import type { Cause } from '../causes.ts';
import { looksPrivate } from '../go/private-names.ts';
import { noAnswers, noteAnswers } from './answers.ts';
import { culpritOf } from './culprit.ts';
import { noHints, noteHints, withHints } from './hints.ts';
import { type Entry, lineAt } from './log/entries.ts';
import { find, type Match } from './pattern.ts';
import { type Place, placeOf } from './place.ts';
import { refined } from './refusal.ts';
import { type Rule, ranks } from './rule.ts';
import { rules } from './rules/index.ts';
import { readShown } from './shown.ts';
import type { Verdict } from './verdict.ts';

/** What a test says of what it got: a line without a column. An import of a test file that go cannot find has one. */
const ofTest = /(?:^|\s)[\w.-]{1,100}_test\.go:\d{1,7}: (?!\d)/;

/** Judges one message; null where no rule that is heavier than `atLeast` holds. */
export function judge(entry: Entry, atLeast = 0): Verdict | null {
  let best: { rule: Rule; match: Match; weight: number } | null = null;
  let place: Place | null = null;
  const isOfTest = ofTest.test(entry.text);
  for (const rule of rules) {
    const heaviest = rule.weight;
    if (heaviest <= (best?.weight ?? atLeast)) continue;
    if (isOfTest && heaviest > ranks.elsewhere && !rule.transport && !rule.secured) continue;
    const match = matchOf(rule, entry);
    if (!match) continue;
    place ??= placeOf(entry.folded);
    if (rule.at && !rule.at.includes(place)) continue;
    const weight = weightAt(rule, place);
    if (weight > (best?.weight ?? atLeast)) best = { rule, match, weight };
  }
  if (!best || !place) return null;
  const { rule, match, weight } = best;
  const { line, number } = lineAt(entry, match.last);
  const cause = causeAt(rule, place);
  // Of another program's look-up it is the host that matters to the reader, and not who resolves it.
  const kind = cause === 'not-a-pull-problem' && rule.culprit === 'resolver' ? 'host' : rule.culprit;
  return {
    rule,
    place,
    weight,
    confidence: rule.confidence ?? 'medium',
    surroundings: entry.surroundings,
    system: null,
    packages: null,
    shown: null,
    blocked: false,
    asked: [],
    entry,
    match,
    cause,
    culprit: culpritOf(kind, entry, match, rule.named),
    evidence: line,
    lineNumber: number,
  };
}

/**
 * The heaviest verdict of a log, of equals the first. Of a command that was tried again the last attempt counts: an earlier failure only
 * where nothing at all is known of a later one.
 */
export async function decide(entries: AsyncIterable<Entry> | Iterable<Entry>): Promise<Verdict | null> {
  const hints = noHints();
  const shown = readShown();
  const answers = noAnswers();
  const typed = new Set<string>();
  let best = null as Verdict | null;
  let earlier = null as Verdict | null;
  for await (const entry of entries) {
    noteHints(entry, hints);
    shown.note(entry);
    noteAnswers(entry, shown.last(), answers);
    const command = entry.lines[0]!.match(prompt)?.[1];
    if (entry.kind === 'retry' || (command && typed.has(command))) {
      earlier = best ?? earlier;
      best = null;
    }
    if (command) typed.add(command);
    if (entry.kind === 'progress') earlier = null;
    if (['setting', 'progress', 'note'].includes(entry.kind) || saysOnlyThatItBegins(entry)) continue;
    best = judge(entry, best?.weight) ?? best;
  }
  const verdict = best ?? earlier;
  const { blocked, asked } = answers;
  return verdict && refined({ ...withHints(verdict, hints), shown: shown.last(), blocked, asked: [...asked] });
}

/** A go command typed at a prompt: the same once more is another attempt. */
const prompt =
  /^(?:[$+>]|PS [^>]{0,200}>|[A-Za-z]:\\[^>]{0,200}>|[\w.-]{1,60}@[\w.~:/ -]{1,200}[$#%]) ?(go [^|&;]{3,300})$/;

/** `retrying in 5 s (connection reset)` tells of the attempt before; `attempt 2: go: …` of its own. */
const saysOnlyThatItBegins = ({ kind, folded }: Entry): boolean =>
  kind === 'retry' && !/attempt #?\d{1,3}: /.test(folded);

function matchOf(rule: Rule, entry: Entry): Match | null {
  const { folded, bodyAt } = entry;
  const from = rule.part === 'body' ? bodyAt : 0;
  const text = rule.part === 'body' ? folded.slice(bodyAt) : rule.part === 'all' ? folded : folded.slice(0, bodyAt);
  for (const one of rule.patterns) {
    const found = find(one, text);
    if (!found) continue;
    if (rule.exceptions.some(exception => find(exception, text))) return null;
    const match = { start: found.start + from, last: found.last + from, end: found.end + from };
    return isMeant(rule, entry, match) ? match : null;
  }
  return null;
}

/** Whether the module or package that a text names is of the kind that the rule is for. */
function isMeant({ culprit, publicModule }: Rule, entry: Entry, match: Match): boolean {
  if (culprit === 'standard-package') return culpritOf(culprit, entry, match) !== null;
  return !publicModule || !looksPrivate(culpritOf('module', entry, match)?.value ?? '');
}

/** A fault of a connection belongs to what was fetched over it. */
function causeAt({ cause, transport, secured }: Rule, place: Place): Cause {
  if (!transport && !secured) return cause;
  if (place === 'elsewhere') return 'not-a-pull-problem';
  if (place === 'toolchain') return 'toolchain-unavailable';
  return place === 'sumdb' && transport ? 'sumdb-unreachable' : cause;
}

function weightAt({ weight, transport, secured }: Rule, place: Place): number {
  if (!transport && !secured) return weight;
  return place === 'elsewhere' ? ranks.elsewhere : place === 'none' ? ranks.bare : weight;
}
