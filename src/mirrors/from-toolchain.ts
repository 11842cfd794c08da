import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findToolchain } from '../go/toolchain.ts';
import { type Context, homeFolder } from '../system/context.ts';
import type { Mirror } from './mirror.ts';

/** What only this machine's Go can tell of a mirror. */
export type Derived = Pick<Mirror, 'url' | 'goproxy'>;

/** The proxy that the installed Go uses when nothing is set. Distributions change it, `direct` on some; unknown without go. */
export async function officialMirror(context: Context): Promise<Derived> {
  const value = await goEnv({ ...context, env: { ...context.env, GOENV: 'off', GOPROXY: '' } }, 'GOPROXY');
  const first = value?.split(/[,|]/)[0] ?? null;
  return { url: first && /^(https?|file):\/\//.test(first) ? first : null, goproxy: value };
}

/** The module cache as a proxy: what is not in it is not looked for anywhere else. */
export async function offlineMirror(context: Context): Promise<Derived> {
  const cache = (await goEnv(context, 'GOMODCACHE')) ?? defaultModuleCache(context);
  if (!cache) return { url: null, goproxy: null };
  const { href: url } = pathToFileURL(join(cache, 'cache', 'download'), { windows: context.platform === 'win32' });
  return { url, goproxy: `${url},off` };
}

/** One value as go prints it, whatever the user's GOTOOLCHAIN and GOFLAGS are; null without go. */
async function goEnv(context: Context, name: string): Promise<string | null> {
  const go = await findToolchain(context);
  const env = { ...context.env, GOTOOLCHAIN: 'local', GOFLAGS: '' };
  const ended = await go?.run(['env', '-json', name], { env, timeoutMs: 10_000 });
  if (ended?.exitCode !== 0) return null;
  try {
    const value: unknown = (JSON.parse(ended.stdout) as Record<string, unknown>)[name];
    return typeof value === 'string' && value !== '' ? value : null;
  } catch {
    return null;
  }
}

function defaultModuleCache(context: Context): string | null {
  const { GOMODCACHE, GOPATH } = context.env;
  if (GOMODCACHE && isAbsolute(GOMODCACHE)) return GOMODCACHE;
  const home = homeFolder(context);
  const first = GOPATH?.split(context.platform === 'win32' ? ';' : ':')[0] || (home && join(home, 'go'));
  return first ? join(first, 'pkg', 'mod') : null;
}
