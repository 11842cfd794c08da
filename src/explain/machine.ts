import { matchingPattern } from '../go/patterns.ts';
import { type Route, routeOf } from '../go/route.ts';
import type { Settings } from '../go/settings.ts';
import { allMirrors } from '../mirrors/all.ts';
import { mirrorFrom, readCatalogue } from '../mirrors/catalogue.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { Context } from '../system/context.ts';

/** What is known of the machine that the fix is for. */
export interface Machine {
  platform: NodeJS.Platform;
  /** Null with --no-env. */
  settings: Settings | null;
  /** The mirrors of the catalogue, by which a public one is told from a gatekeeper. */
  known: readonly Mirror[];
}

/** Reads the settings in effect, so that a fix fits them. A machine that cannot be read is no reason to give no answer. */
export async function readMachine(
  context: Context,
  { withEnv, catalogue }: { withEnv: boolean; catalogue: string | undefined },
): Promise<Machine> {
  const { platform } = context;
  const { readGoFacts } = await import('../go/facts.ts');
  const facts = withEnv ? await readGoFacts(context).catch(() => null) : null;
  if (facts) return { platform, settings: facts.settings, known: await allMirrors(context, facts, catalogue) };
  return { platform, settings: null, known: (await readCatalogue(context, catalogue)).map(mirrorFrom) };
}

/** Where go goes for a module on this machine; null where that is not known. */
export function routeHere(module: string | null, { settings }: Machine): Route | null {
  if (!module || !settings) return null;
  const result = routeOf(module, settings);
  return result.ok ? result.route : null;
}

/** The command that takes variables out of the shell of this platform. Lower-case names of proxies too. */
export function unsetCommand({ platform }: Pick<Machine, 'platform'>, ...names: readonly string[]): string {
  if (platform === 'win32') return names.map(name => `set ${name}=`).join(' & ');
  return `unset ${names.flatMap(name => (name.endsWith('_PROXY') ? [name, name.toLowerCase()] : [name])).join(' ')}`;
}

/** The pattern of the settings in effect that already keeps a module private. */
export function alreadyPrivate({ settings }: Machine, module: string): string | null {
  return settings ? matchingPattern(settings.values.GOPRIVATE.value, module) : null;
}
