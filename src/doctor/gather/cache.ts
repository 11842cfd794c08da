import { constants } from 'node:fs';
import { access, lstat, stat, statfs } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { ModuleVersion } from '../../go/mod-file.ts';
import { escapePath, escapeVersion } from '../../go/module-path.ts';
import { codeOf } from '../../system/network/failure.ts';
import { lookAtText } from '../../system/regular-file.ts';
import type { CacheFacts, GoPlaces, Need } from '../facts.ts';

/** The files of a module in the module cache, and the folder it is unpacked in. */
export function filesOf(moduleCache: string, { path, version }: ModuleVersion) {
  const base = join(moduleCache, 'cache/download', escapePath(path), '@v', escapeVersion(version));
  return {
    info: `${base}.info`,
    mod: `${base}.mod`,
    zip: `${base}.zip`,
    zipHash: `${base}.ziphash`,
    folder: join(moduleCache, `${escapePath(path)}@${escapeVersion(version)}`),
  };
}

/** Whether `go mod download` finds all of a module in the cache, and need not ask anyone, and whether it is unpacked there. */
export async function cachedParts(
  moduleCache: string,
  module: ModuleVersion,
): Promise<Pick<Need, 'cached' | 'unpacked'>> {
  if (moduleCache === '' || !/^v\d/.test(module.version)) return { cached: false, unpacked: false };
  const { info, mod, zip, zipHash, folder } = filesOf(moduleCache, module);
  const holds = (
    path: string,
    isRight: (found: { isFile(): boolean; isDirectory(): boolean; size: number }) => boolean,
  ) => stat(path).then(isRight, () => false);
  const isFilled = (file: string) => holds(file, found => found.isFile() && found.size > 0);
  const [files, hasZip, unpacked] = await Promise.all([
    Promise.all([info, mod, zipHash].map(isFilled)),
    isFilled(zip),
    holds(folder, found => found.isDirectory()),
  ]);
  return { cached: files.every(Boolean) && (hasZip || unpacked), unpacked };
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
    unreadable: [],
    badTree: database ? await badTree(join(goPath, 'pkg/sumdb', database, 'latest')) : null,
  };
}

/** The nearest place that is there: where go would begin to make the missing folders. `code`: why none can be made below it. */
async function existing(path: string): Promise<{ path: string; code: string | null }> {
  const code = await stat(path).then(
    found => (found.isDirectory() ? null : 'ENOTDIR'),
    error => codeOf(error) || 'EIO',
  );
  const found = code === null ? null : await lstat(path).catch(() => null);
  // Another thing in its place, a link to itself or to nothing: no folder can be made there.
  if (code === null || (found && (found.isSymbolicLink() || code === 'ENOTDIR'))) return { path, code };
  const parent = dirname(path);
  return parent === path ? { path, code: null } : existing(parent);
}

async function refusal(folder: string): Promise<CacheFacts['refused']> {
  const nearest = await existing(folder);
  if (nearest.code !== null) return { folder: nearest.path, code: nearest.code };
  return access(nearest.path, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => null,
    error => ({ folder: nearest.path, code: codeOf(error) }),
  );
}

/** The tree of the checksum database that go saw last; empty before the first time. */
async function badTree(file: string): Promise<string | null> {
  const looked = await lookAtText(file);
  if (looked.kind === 'none') return null;
  if (looked.kind !== 'file') return file;
  return looked.value === '' || isTree.test(looked.value) ? null : file;
}

const isTree = /^go\.sum database tree\n\d+\n[A-Za-z0-9+/=]{44}\n\n\u2014 /;
