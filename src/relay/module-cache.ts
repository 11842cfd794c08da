import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProxyFile } from '../modproxy/proxy-file.ts';

/** Where go keeps a file (modfetch/cache.go, `CachePath`). `folder` is GOMODCACHE. */
export const pathInModuleCache = (folder: string, { path }: ProxyFile): string =>
  join(folder, 'cache', 'download', path);

/** Whether go has a file in its module cache already. */
export function isInModuleCache(folder: string, file: ProxyFile): boolean {
  const path = pathInModuleCache(folder, file);
  return existsSync(path) && (file.kind !== 'zip' || existsSync(`${path}hash`));
}
