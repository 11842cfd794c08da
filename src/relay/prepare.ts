import type { GoFacts } from '../go/facts.ts';
import type { Translate } from '../messages/index.ts';
import { allMirrors } from '../mirrors/all.ts';
import { resolveMirror } from '../mirrors/resolve.ts';
import type { Context } from '../system/context.ts';
import { planOfMirrors, planOfSettings, type RelayPlan } from './plan.ts';

/** The mirrors named on the command line, else those of the settings in effect. Null: there is no mirror to relay. */
export async function planFor(
  context: Context,
  facts: GoFacts,
  t: Translate,
  options: { mirror?: readonly string[] | undefined; catalogue?: string | undefined },
): Promise<RelayPlan | null> {
  const mirrors = await allMirrors(context, options.catalogue, t);
  if (options.mirror) return planOfMirrors(options.mirror.map(text => resolveMirror(mirrors, text)));
  return planOfSettings(facts.settings.values.GOPROXY.value, mirrors);
}
