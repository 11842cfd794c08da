import type { GoFacts } from '../go/facts.ts';
import { allMirrors } from '../mirrors/all.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { type Resolved, resolveMirror } from '../mirrors/resolve.ts';
import type { Context } from '../system/context.ts';
import { planOfMirrors, planOfSettings, type RelayPlan } from './plan.ts';

/** The mirrors that a command is to use, and what belongs to them. */
export interface Prepared {
  /** Null: there is no mirror to relay. */
  plan: RelayPlan | null;
  /** Every mirror known. */
  mirrors: Mirror[];
  /** Those that the command line names; empty where the settings in effect count. */
  named: Resolved[];
}

/** The mirrors named on the command line, else those of the settings in effect. */
export async function prepare(
  context: Context,
  facts: GoFacts,
  options: { mirror?: readonly string[] | undefined; catalogue?: string | undefined },
): Promise<Prepared> {
  const mirrors = await allMirrors(context, facts, options.catalogue);
  const named = (options.mirror ?? []).map(text => resolveMirror(mirrors, text));
  const plan = named.length > 0 ? planOfMirrors(named) : planOfSettings(facts.settings.values.GOPROXY.value, mirrors);
  return { plan, mirrors, named };
}
