import { type GoFacts, readGoFacts } from '../go/facts.ts';
import { parseGovcs, vcsRuleOf } from '../go/govcs.ts';
import { repairGoproxy } from '../go/repair-goproxy.ts';
import { repairGosumdb } from '../go/repair-gosumdb.ts';
import { type RouteError, routeOf } from '../go/route.ts';
import type { SettingName } from '../go/settings.ts';
import { stoppedBy } from '../go/stopped.ts';
import { wordedArgs } from '../messages/index.ts';
import { allMirrors } from '../mirrors/all.ts';
import { findByUrl } from '../mirrors/find.ts';
import { routeWarnings } from '../mirrors/route-warnings.ts';
import { readProject } from '../project/read.ts';
import { requirementOf } from '../project/requirement.ts';
import { reporters } from '../report/reporters.ts';
import { homeFolder, shortPath } from '../system/context.ts';
import { CliError } from '../system/errors.ts';
import { withPlaceholders } from '../system/secrets.ts';
import type { Command, Invocation } from './command.ts';

/** Where go will fetch and verify a module, hop by hop, and why. */
export const route: Command = async invocation => {
  const { context, out, options, t } = invocation;
  const { path, given } = splitArgument(invocation.args[0]!);
  const facts = await readGoFacts(context);
  const { settings } = facts;
  const stopped = await stoppedBy(context, facts);
  if (stopped) throw refusal(stopped, facts, invocation);
  const required = requirementOf(await readProject(context, facts), facts.goMod, path, given);
  const found = routeOf(path, settings, required);
  if (!found.ok) throw refusal(found.error, facts, invocation);
  const govcs = parseGovcs(settings.values.GOVCS.value);
  if (!govcs.ok && found.route.steps[0]!.kind === 'direct') {
    const { value } = settings.values.GOVCS;
    throw refusal({ code: 'govcs', message: govcs.message, variable: 'GOVCS', value }, facts, invocation);
  }
  const vcs = vcsRuleOf(govcs.ok ? govcs.rules : [], path, settings.values.GOPRIVATE.value);
  const mirrors = await allMirrors(context, facts, options.catalogue);
  const nameOf = (url: string): string | null => findByUrl(mirrors, url)?.name ?? null;
  const warnings = routeWarnings(found.route, settings, required, mirrors);
  const listed = warnings.map(({ code, args }) => ({ code, ...wordedArgs(args, t) }));
  out.json('route', { ...found.route, version: required.version, vcs, warnings: listed });
  const shown = { route: found.route, version: required.version, vcs, warnings, nameOf };
  out.show((await reporters.table.route()).routeTable(shown, out.drawing(t)));
  return 0;
};

function splitArgument(text: string): { path: string; given: string | null } {
  const at = text.indexOf('@');
  return at < 0 ? { path: text, given: null } : { path: text.slice(0, at), given: text.slice(at + 1) || null };
}

/** A setting that go refuses is something wrong (1), a module path that it refuses a wrong argument (2). */
function refusal({ code, message, variable, value }: RouteError, facts: GoFacts, { context, t }: Invocation): CliError {
  const { settings } = facts;
  if (code === 'goproxy' && !settings.go && value === '') return new CliError('route.fault.goproxy-unknown', {}, 1);
  const source = variable ? settings.values[variable as SettingName].source : 'default';
  const file = shortPath(settings.envFile.path ?? '', homeFolder(context));
  const from = source === 'file' ? file : t(source === 'os' ? 'settings.from.os' : 'settings.from.default');
  const repaired =
    variable === 'GOSUMDB' ? (repairGosumdb(value, () => false) ?? 'sum.golang.org') : repairGoproxy(value);
  const args = { message, variable, from, repaired: withPlaceholders(repaired ?? 'goproxy.cn') };
  return new CliError(`route.fault.${code}` as 'route.fault.goproxy', args, variable ? 1 : 2);
}
