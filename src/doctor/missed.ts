import { type Miss, missedPattern } from '../go/missed-pattern.ts';
import type { SentenceArgs } from '../system/sentence.ts';
import type { DoctorFacts } from './facts.ts';

const codes: Readonly<Record<Miss, string>> = {
  malformed: 'pattern-misses-malformed',
  spelling: 'pattern-misses-spelling',
  'letter-case': 'pattern-misses-case',
  'subdomains-only': 'pattern-misses-bare',
  'parent-domain': 'pattern-misses-subdomain',
  'too-long': 'pattern-misses-longer',
  'other-path': 'pattern-misses-path',
  'other-host': 'pattern-misses-host',
};

/** The pattern that was to keep a module from the proxies, or from the checksum database, and how to say that it does not. */
export interface Missed {
  code: string;
  /** The pattern, where that is what is wrong; else the module. */
  target: string;
  args: SentenceArgs;
}

export function missedIn(
  { settings: { values } }: Pick<DoctorFacts, 'settings'>,
  variable: 'GONOPROXY' | 'GONOSUMDB',
  module: string,
): Missed | null {
  const { value, source } = values[variable];
  const missed = missedPattern(value, module);
  if (!missed) return null;
  const { pattern, miss } = missed;
  const isOther = miss === 'other-path' || miss === 'other-host';
  const from = source === 'default' ? 'GOPRIVATE' : variable;
  return { code: codes[miss], target: isOther ? module : pattern, args: { missed: pattern, from, path: module } };
}
