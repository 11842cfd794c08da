import { constants } from 'node:fs';
import { access, readFile, stat, statfs } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { escapePath, escapeVersion } from '../../go/module-path.ts';
import { codeOf } from '../../system/network/failure.ts';
import type { CacheFacts, GoPlaces, Need } from '../facts.ts';

/** The files of a module in the module cache, and the folder it is unpacked in. */
export function filesOf(moduleCache: string, { path, version }: Pick<Need, 'path' | 'version'>) {
  const base = join(moduleCache, 'cache/download', escapePath(path), '@v', escapeVersion(version));
  return {
    info: `${base}.info`,
    mod: `${base}.mod`,
    zip: `${base}.zip`,
    zipHash: `${base}.ziphash`,
    folder: join(moduleCache, `${escapePath(path)}@${escapeVersion(version)}`),
  };
}

/** Whether `go mod download` finds all of a module in the cache, and need not ask anyone. */
export async function isCached(moduleCache: string, need: Pick<Need, 'path' | 'version'>): Promise<boolean> {
  const { info, mod, zip, zipHash, folder } = filesOf(moduleCache, need);
  const [hasInfo, hasMod, hasHash, hasZip, hasFolder] = await Promise.all(
    [info, mod, zipHash, zip, folder].map(file =>
      stat(file).then(
        ({ size }) => size > 0,
        () => false,
      ),
    ),
  );
  return Boolean(hasInfo && hasMod && hasHash && (hasZip || hasFolder));
}

/** Whether go can write where it has to, and how much room is left there. Writes nothing itself. */
export async function gatherCache(
  places: GoPlaces,
  needs: readonly Need[],
  database: string | null,
): Promise<CacheFacts> {
  const { moduleCache } = places;
  const goPath = places.gopath.split(delimiter)[0]!;
  const download = join(moduleCache, 'cache/download');
  const folders = [
    download,
    moduleCache,
    ...needs
      .filter(({ cached }) => !cached)
      .slice(0, 20)
      .map(need => dirname(filesOf(moduleCache, need).zip)),
    ...(database ? [join(goPath, 'pkg/sumdb', database)] : []),
  ];
  const refusals = await Promise.all(folders.map(refusal));
  const room = await statfs((await existing(moduleCache)).path).catch(() => null);
  return {
    folder: moduleCache,
    refused: refusals.find(found => found !== null) ?? null,
    freeBytes: room && room.blocks > 0 ? room.bavail * room.bsize : null,
    freeFiles: room && room.files > 0 ? room.ffree : null,
    damaged: [],
    badTree: database ? await badTree(join(goPath, 'pkg/sumdb', database, 'latest')) : null,
  };
}

/** The nearest folder that is there: where go would begin to make the missing ones. */
async function existing(path: string): Promise<{ path: string; isFolder: boolean }> {
  const found = await stat(path).catch(error => (codeOf(error) === 'ENOTDIR' ? null : undefined));
  if (found) return { path, isFolder: found.isDirectory() };
  const parent = dirname(path);
  return parent === path ? { path, isFolder: true } : existing(parent);
}

async function refusal(folder: string): Promise<CacheFacts['refused']> {
  const nearest = await existing(folder);
  if (!nearest.isFolder) return { folder: nearest.path, code: 'ENOTDIR' };
  return access(nearest.path, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => null,
    error => ({ folder: nearest.path, code: codeOf(error) }),
  );
}

/** The tree of the checksum database that go saw last; empty before the first time. */
async function badTree(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text === '' || /^go\.sum database tree\n\d+\n[A-Za-z0-9+/=]{44}\n\n\u2014 /.test(text) ? null : file;
}
