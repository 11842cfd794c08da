import { matchingPattern } from '../go/patterns.ts';
import { type Route, routeOf } from '../go/route.ts';
import type { Settings } from '../go/settings.ts';
import type { Context } from '../system/context.ts';

/** What is known of the machine that the fix is for. */
export interface Machine {
  platform: NodeJS.Platform;
  /** Null with --no-env. */
  settings: Settings | null;
}

/** Reads the settings in effect, so that a fix fits them. A machine that cannot be read is no reason to give no answer. */
export async function readMachine(context: Context, withEnv: boolean): Promise<Machine> {
  if (!withEnv) return { platform: context.platform, settings: null };
  const { readGoFacts } = await import('../go/facts.ts');
  const facts = await readGoFacts(context).catch(() => null);
  return { platform: context.platform, settings: facts?.settings ?? null };
}

/** Where go goes for a module on this machine; null where that is not known. */
export function routeHere(module: string | null, { settings }: Machine): Route | null {
  if (!module || !settings) return null;
  const result = routeOf(module, settings);
  return result.ok ? result.route : null;
}

/** The command that takes variables out of the shell of this platform. Lower-case names of proxies too. */
export function unsetCommand({ platform }: Machine, ...names: readonly string[]): string {
  if (platform === 'win32') return names.map(name => `set ${name}=`).join(' & ');
  return `unset ${names.flatMap(name => (name.endsWith('_PROXY') ? [name, name.toLowerCase()] : [name])).join(' ')}`;
}

/** The pattern of the settings in effect that already keeps a module private. */
export function alreadyPrivate({ settings }: Machine, module: string): string | null {
  return settings ? matchingPattern(settings.values.GOPRIVATE.value, module) : null;
}
