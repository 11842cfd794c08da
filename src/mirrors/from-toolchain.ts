import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type GoFacts, readOfficialGoproxy } from '../go/facts.ts';
import { parseGoproxy } from '../go/goproxy.ts';
import { type Context, homeFolder } from '../system/context.ts';
import type { Mirror } from './mirror.ts';

/** What only this machine's Go can tell of a mirror. */
export type Derived = Pick<Mirror, 'url' | 'goproxy'>;

/** The proxy that the installed Go uses when nothing is set. Distributions change it, `direct` on some; unknown without go. */
export async function officialMirror(context: Context, facts: GoFacts): Promise<Derived> {
  const goproxy = await readOfficialGoproxy(context, facts);
  const parsed = parseGoproxy(goproxy ?? '');
  return { url: parsed.ok ? parsed.entries[0]!.url : null, goproxy };
}

/** The module cache as a proxy: what is not in it is not looked for anywhere else. */
export function offlineMirror(context: Context, facts: GoFacts): Derived {
  const cache = facts.moduleCache || defaultModuleCache(context);
  if (!cache) return { url: null, goproxy: null };
  const { href: url } = pathToFileURL(join(cache, 'cache', 'download'), { windows: context.platform === 'win32' });
  return { url, goproxy: `${url},off` };
}

function defaultModuleCache(context: Context): string | null {
  const { GOMODCACHE, GOPATH } = context.env;
  if (GOMODCACHE && isAbsolute(GOMODCACHE)) return GOMODCACHE;
  const home = homeFolder(context);
  const first = GOPATH?.split(context.platform === 'win32' ? ';' : ':')[0] || (home && join(home, 'go'));
  return first ? join(first, 'pkg', 'mod') : null;
}
