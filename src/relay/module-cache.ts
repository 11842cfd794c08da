import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProxyFile } from '../modproxy/proxy-file.ts';

/** Whether go has a file in its module cache already (modfetch/cache.go, `CachePath`). `folder` is GOMODCACHE. */
export function isInModuleCache(folder: string, { path, kind }: ProxyFile): boolean {
  const file = join(folder, 'cache', 'download', path);
  return existsSync(file) && (kind !== 'zip' || existsSync(`${file}hash`));
}
