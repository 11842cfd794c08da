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
  const { readSettings } = await import('../go/settings.ts');
  return { platform: context.platform, settings: await readSettings(context).catch(() => null) };
}

/** The command that takes variables out of the shell of this platform. Lower-case names of proxies too. */
export function unsetCommand({ platform }: Machine, ...names: readonly string[]): string {
  if (platform === 'win32') return names.map(name => `set ${name}=`).join(' & ');
  return `unset ${names.flatMap(name => (name.endsWith('_PROXY') ? [name, name.toLowerCase()] : [name])).join(' ')}`;
}

const publicHosts = new Set([
  'github.com',
  'gitlab.com',
  'bitbucket.org',
  'gitee.com',
  'codeberg.org',
  'dev.azure.com',
  'sr.ht',
]);

/** The pattern for GOPRIVATE that covers a module: its organisation on a public host, else its host. */
export function privatePattern(subject: string): { pattern: string; likely: boolean } | null {
  const [host = '', owner] = subject.replace(/:\d{1,5}$/, '').split('/');
  if (!host.includes('.') || /^[\d.]+$/.test(host)) return null;
  const shared = publicHosts.has(host);
  if (shared && !owner) return null;
  const likely =
    !shared &&
    /(?:^|\.)(?:git|gitlab|code|corp|internal|intra|private|gerrit|stash|scm|src)\.|\.(?:internal|corp|local|lan|invalid)$/.test(
      host,
    );
  return { pattern: shared ? `${host}/${owner}` : host, likely };
}

/** Whether the settings in effect already keep a module private. */
export function matchedPattern({ settings }: Machine, module: string): boolean {
  const value = settings?.values.GOPRIVATE.value ?? '';
  return value.split(',').some(pattern => pattern !== '' && (module === pattern || module.startsWith(`${pattern}/`)));
}
