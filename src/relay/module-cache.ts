import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lookupFile, type ProxyFile } from '../modproxy/proxy-file.ts';
import { parseRecord } from '../modproxy/records.ts';
import { type GoSumEntry, parseGoSum, sumName } from '../project/go-sum.ts';
import { hashesOf } from './needs.ts';

/** Where go keeps a file (modfetch/cache.go, `CachePath`). `folder` is GOMODCACHE. */
export const pathInModuleCache = (folder: string, { path }: ProxyFile): string =>
  join(folder, 'cache', 'download', path);

/** Whether go has a file in its module cache already. */
export function isInModuleCache(folder: string, file: ProxyFile): boolean {
  const path = pathInModuleCache(folder, file);
  return existsSync(path) && (file.kind !== 'zip' || existsSync(`${path}hash`));
}

/**
 * Whether a record of the checksum database that go keeps there, and has verified before it kept it (modfetch/sumdb.go, `WriteCache`), has
 * another hash than one of these lines of go.sum.
 */
export async function contradicts(folder: string, database: string, sums: readonly GoSumEntry[]): Promise<boolean> {
  for (const entry of sums) {
    const file = pathInModuleCache(folder, lookupFile(database, entry.module, entry.version));
    const record = parseRecord(await readFile(file).catch(() => Buffer.alloc(0)));
    const known = hashesOf(parseGoSum(record?.text ?? '')).get(sumName(entry));
    if (known !== undefined && known !== entry.hash) return true;
  }
  return false;
}
