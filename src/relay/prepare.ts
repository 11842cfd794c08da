import { authRulesOf } from '../go/auth-rules.ts';
import type { GoFacts } from '../go/facts.ts';
import { allMirrors } from '../mirrors/all.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { type Resolved, resolveMirror } from '../mirrors/resolve.ts';
import type { Context } from '../system/context.ts';
import { goauthFault } from '../system/network/logins.ts';
import { planOfMirrors, planOfSettings, type RelayPlan } from './plan.ts';

/** The mirrors that a command is to use, and what belongs to them. */
export interface Prepared {
  /** Null: there is no mirror to relay, or go refuses the settings. */
  plan: RelayPlan | null;
  /** A GOAUTH for which go sends nothing, in its own words, or null. */
  refusal: string | null;
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
  if (named.length > 0) return { plan: planOfMirrors(named), refusal: null, mirrors, named };
  const plan = planOfSettings(facts.settings.values.GOPROXY.value, mirrors);
  // Go then says so itself, and asks nobody.
  const refusal = await goauthFault(authRulesOf(facts.settings));
  const mayRelay = refusal === null || !plan?.upstreams.some(({ url }) => url.startsWith('https:'));
  return { plan: mayRelay ? plan : null, refusal, mirrors, named };
}
