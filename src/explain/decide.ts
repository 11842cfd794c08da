import type { Cause } from '../causes.ts';
import { type Culprit, culpritOf } from './culprit.ts';
import { type Entry, lineAt } from './log/entries.ts';
import { find, type Match } from './pattern.ts';
import { type Place, placeOf } from './place.ts';
import { type Rule, ranks } from './rule.ts';
import { rules } from './rules/index.ts';
import { isStandard } from './standard-library.ts';

/** What one message says, by the rule that fits it best. */
export interface Verdict {
  readonly rule: Rule;
  readonly cause: Cause;
  readonly place: Place;
  readonly weight: number;
  readonly culprit: Culprit | null;
  /** The message, and where the rule's text stands in it. */
  readonly entry: Entry;
  readonly match: Match;
  /** The line that decides, and its number in the log. */
  readonly evidence: string;
  readonly lineNumber: number;
}

/** Judges one message; null where no rule that is heavier than `atLeast` holds. */
export function judge(entry: Entry, atLeast = 0): Verdict | null {
  let best: { rule: Rule; match: Match; weight: number } | null = null;
  let place: Place | null = null;
  for (const rule of rules) {
    const heaviest = rule.weight;
    if (heaviest <= (best?.weight ?? atLeast)) continue;
    const match = matchOf(rule, entry);
    if (!match) continue;
    place ??= placeOf(entry.folded);
    if (rule.at && !rule.at.includes(place)) continue;
    const weight = place === 'none' && rule.transport ? ranks.bare : rule.weight;
    if (weight > (best?.weight ?? atLeast)) best = { rule, match, weight };
  }
  if (!best || !place) return null;
  const { rule, match, weight } = best;
  return {
    rule,
    place,
    weight,
    entry,
    match,
    cause: causeAt(rule, place),
    culprit: culpritOf(rule.culprit, entry, match, rule.named),
    evidence: lineAt(entry, match.last),
    lineNumber: entry.number,
  };
}

/** The heaviest verdict of a log, of equals the first. */
export async function decide(entries: AsyncIterable<Entry> | Iterable<Entry>): Promise<Verdict | null> {
  const verdicts: Verdict[] = [];
  for await (const entry of entries) {
    const verdict = judge(entry, verdicts[0]?.weight);
    if (verdict) verdicts[0] = verdict;
  }
  return verdicts[0] ?? null;
}

function matchOf(rule: Rule, entry: Entry): Match | null {
  for (const one of rule.patterns) {
    const match = find(one, entry.folded);
    if (!match) continue;
    if (rule.exceptions.some(exception => find(exception, entry.folded))) return null;
    if (rule.id === 'std-import-path' && !namesStandard(entry, match)) return null;
    return match;
  }
  return null;
}

/** A path of the standard library that go looked for elsewhere: this Go is too old for it, or broken. */
function namesStandard(entry: Entry, match: Match): boolean {
  const named = culpritOf('package', entry, match);
  const quoted = entry.text.match(/(?:path|package|load|find package) "?([a-z][\w/]*)"?(?=[\s:]|$)/)?.[1];
  return isStandard(named?.value ?? quoted ?? '');
}

/** A fault of a connection belongs to what was fetched over it. */
function causeAt(rule: Rule, place: Place): Cause {
  if (place === 'toolchain' && (rule.transport || rule.cause.startsWith('tls-'))) return 'toolchain-unavailable';
  if (place === 'sumdb' && rule.transport) return 'sumdb-unreachable';
  return rule.cause;
}
