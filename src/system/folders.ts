import { join } from 'node:path';
import { type Context, homeFolder } from './context.ts';

const name = 'go-mirror';

/**
 * Where go-mirror keeps its own files: `config` the user's mirrors, `state` the history, `cache` what can be made again.
 * XDG's variables where set (an absolute path), else the platform's habit. Without a home folder XDG_CONFIG_HOME has to do for all;
 * null without that too.
 */
export function ownFolder(context: Context, kind: 'config' | 'state' | 'cache'): string | null {
  const { env, platform } = context;
  const xdg = env[{ config: 'XDG_CONFIG_HOME', state: 'XDG_STATE_HOME', cache: 'XDG_CACHE_HOME' }[kind]];
  if (xdg?.startsWith('/')) return join(xdg, name);
  if (platform === 'win32') {
    const base = kind === 'config' ? env.APPDATA : env.LOCALAPPDATA;
    return base ? join(base, name, kind) : null;
  }
  const home = homeFolder(context);
  if (!home) return env.XDG_CONFIG_HOME?.startsWith('/') ? join(env.XDG_CONFIG_HOME, name, kind) : null;
  if (platform === 'darwin') {
    return kind === 'cache'
      ? join(home, 'Library/Caches', name)
      : join(home, 'Library/Application Support', name, kind);
  }
  return join(home, { config: '.config', state: '.local/state', cache: '.cache' }[kind], name);
}
