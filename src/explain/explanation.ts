import type { Cause, Reason } from '../causes.ts';
import type { Route } from '../go/route.ts';
import type { SentenceArgs } from '../system/sentence.ts';
import type { Culprit } from './culprit.ts';

/** A command that helps. Its reason is the sentence `explain.why.CODE` of `messages`. */
export interface Fix {
  command: string;
  code: string;
  args: SentenceArgs;
  /** The variable that it sets for go; an empty value takes it away. */
  sets?: { name: string; value: string };
}

/** What a log says about a failed pull. `cause` is null where nothing in it is known. */
export interface Explanation {
  cause: Cause | null;
  /** Why the server said no, where its answer tells. */
  reason: Reason | null;
  culprit: Culprit | null;
  confidence: 'high' | 'medium' | 'low' | null;
  /** The deciding line, cleaned, and its number in the log. */
  evidence: string | null;
  line: number | null;
  /** The rule that decided. */
  rule: string | null;
  /** Which advice stands above the fixes: that of the cause, or one that leads around nothing. */
  advice: Cause | 'answer' | 'guarded' | null;
  /** What the same text may also mean, and the command that tells. */
  alternatives: { causes: readonly Cause[]; command: string } | null;
  /** Where go goes for the module concerned on this machine, or null. */
  route: Route | null;
  fixes: Fix[];
}
