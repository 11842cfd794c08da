import type { Cause } from '../causes.ts';
import type { CulpritKind } from './culprit.ts';
import { type Pattern, pattern } from './pattern.ts';
import type { Place } from './place.ts';

/**
 * How near to the root a text stands. Of all that an output says the highest wins, of equals the first.
 * `root`: a fact of this machine or its settings that alone explains whatever follows. `cause`: why one fetch failed.
 * `consequence`: what such a failure may leave behind. `elsewhere`: not a fetch. `bare`: a fault of a connection that
 * nothing ties to a fetch.
 */
export const ranks = { root: 5, cause: 4, consequence: 3, elsewhere: 2, bare: 1 } as const;
export type Rank = keyof typeof ranks;

/** A rule as it is written in `rules/`. */
export interface RuleSpec {
  /** Unique; also names the example in the tests. */
  id: string;
  cause: Cause;
  /** The texts, any of which is enough. */
  texts: readonly string[];
  /** Texts that make the rule not apply. */
  unless?: readonly string[];
  /** Only there; everywhere by default. */
  at?: readonly Place[];
  /** `cause` by default. */
  rank?: Rank;
  /** What to name. With `standard-package` the rule holds for packages of the standard library only. */
  culprit: CulpritKind;
  /** The variable, file or program to name, for culprits that the text does not spell. */
  named?: string;
  confidence?: 'high' | 'medium' | 'low';
  /** Causes that the same text may also have: which command decides is part of their explanation. */
  or?: readonly Cause[];
  /**
   * Where the text stands: in go's own words (the default), in what it relays of a server behind `server response:`, or
   * in both together.
   */
  part?: 'head' | 'body' | 'all';
  /** Only for modules whose host does not look like one of one's own. */
  publicModule?: true;
  /** A fault of a connection: at the checksum database or a toolchain download, the cause is that place. */
  transport?: true;
  /** A fault of a certificate: the same, but at the checksum database it stays what it is. */
  secured?: true;
  /** An answer that is no file, told by its status or by words that many servers use: what it means the table of refusals knows. */
  answer?: true;
  /** Which source file builds the text, and the release that brought it. */
  source: string;
  since: string;
}

export interface Rule extends RuleSpec {
  readonly patterns: readonly Pattern[];
  readonly exceptions: readonly Pattern[];
  readonly weight: number;
  /** Place in the list: of equals in one message, the earlier rule is the more specific one. */
  readonly order: number;
}

export function compile(specs: readonly RuleSpec[]): Rule[] {
  return specs.map((spec, order) => ({
    ...spec,
    patterns: spec.texts.map(pattern),
    exceptions: (spec.unless ?? []).map(pattern),
    weight: ranks[spec.rank ?? 'cause'],
    order,
  }));
}
