import type { Cause } from '../causes.ts';
import type { Culprit } from './culprit.ts';
import type { Entry } from './log/entries.ts';
import type { Match } from './pattern.ts';
import type { Place } from './place.ts';
import type { Rule } from './rule.ts';
import type { Shown } from './shown.ts';
import type { Packages, Surroundings } from './surroundings.ts';

/** What one message says, by the rule that fits it best. */
export interface Verdict {
  readonly rule: Rule;
  readonly cause: Cause;
  readonly place: Place;
  readonly weight: number;
  readonly confidence: 'high' | 'medium' | 'low';
  /** Where the log was written; null where it does not tell. */
  readonly surroundings: Surroundings | null;
  /** The system and the distribution that the log shows; null where it shows none. */
  readonly system: NodeJS.Platform | null;
  readonly packages: Packages | null;
  /** What the log shows of an answer beside go's message; null where it shows none. */
  readonly shown: Shown | null;
  /** Whether the log tells of a block or of wrong bits anywhere, and `https://host` of whoever it shows to be asked for modules. */
  readonly blocked: boolean;
  readonly asked: readonly string[];
  readonly culprit: Culprit | null;
  /** The message, and where the rule's text stands in it. */
  readonly entry: Entry;
  readonly match: Match;
  /** The line that decides, and its number in the log. */
  readonly evidence: string;
  readonly lineNumber: number;
}
