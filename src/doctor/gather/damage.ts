import { existsSync } from 'node:fs';
import { type FileHandle, lstat } from 'node:fs/promises';
import { moduleIndexFiles } from '../../go/module-index.ts';
import type { Toolchain } from '../../go/toolchain.ts';
import { hashGoMod } from '../../modproxy/dirhash.ts';
import { fileSource } from '../../modproxy/source.ts';
import { readZip } from '../../modproxy/zip.ts';
import { ZipError } from '../../modproxy/zip-error.ts';
import type { GoSumEntry } from '../../project/go-sum.ts';
import type { Context } from '../../system/context.ts';
import { type Looked, lookAtText, lookInto } from '../../system/regular-file.ts';
import type { CacheFacts, Damage, GoPlaces, Need } from '../facts.ts';
import { filesOf } from './cache.ts';
import { offlineEnvironment } from './environment.ts';

type Found = Pick<CacheFacts, 'damaged' | 'unreadable'>;

/**
 * The damaged files of the needed modules in the module cache: read here where a look is enough, and by `go mod verify` where
 * zips and folders have to be hashed. Nothing is said of a module that is simply not there.
 */
export async function gatherDamage(
  context: Context,
  toolchain: Toolchain,
  places: GoPlaces,
  { needs, sums, scratch }: { needs: readonly Need[]; sums: readonly GoSumEntry[]; scratch: string | null },
): Promise<Found> {
  const inCache = needs.filter(({ version }) => /^v\d/.test(version));
  const looked: Look[] = [];
  for (const need of inCache) looked.push(await look(places.moduleCache, need, sums));
  const damaged = looked.flatMap(found => found.damaged);
  const unreadable = looked.flatMap(found => found.unreadable);
  // Go would wait for a pipe that stands in place of a zip.
  if (!scratch || unreadable.length > 0 || looked.some(({ isOdd }) => isOdd)) return { damaged, unreadable };
  const verified = await verify(context, toolchain, places, { needs: inCache, scratch });
  return {
    damaged: [...damaged, ...verified.filter(({ module }) => !damaged.some(known => known.module === module))],
    unreadable,
  };
}

/** `isOdd`: something that is no file stands where one belongs. */
type Look = Found & { isOdd: boolean };

async function look(moduleCache: string, need: Need, sums: readonly GoSumEntry[]): Promise<Look> {
  const files = filesOf(moduleCache, need);
  const module = `${need.path}@${need.version}`;
  const [info, mod, zipHash, zip, folder] = await Promise.all([
    lookAtText(files.info),
    lookAtText(files.mod),
    lookAtText(files.zipHash),
    lookInto(files.zip, isZip),
    isNoFolder(files.folder),
  ]);
  const modSum = sums.find(sum => sum.kind === 'mod' && sum.module === need.path && sum.version === need.version)?.hash;
  const hasZip = zip.kind !== 'none';
  const right = {
    info: info.kind !== 'file' || isInfo(info.value),
    mod: mod.kind !== 'file' || !modSum || hashGoMod(Buffer.from(mod.value)) === modSum,
    // Go takes the hash from this file alone: it makes it anew only together with the zip.
    zipHash: zipHash.kind === 'file' ? /^h1:[A-Za-z0-9+/]{43}=\s*$/.test(zipHash.value) : !hasZip,
    zip: zip.kind !== 'file' || zip.value,
  };
  const looks: [keyof typeof right, Looked<unknown>, string[]][] = [
    ['info', info, [files.info]],
    ['mod', mod, [files.mod]],
    ['zipHash', zipHash, [files.zip, files.zipHash]],
    ['zip', zip, [files.zip, files.zipHash]],
  ];
  const damaged = looks
    .filter(([part, { kind }]) => kind !== 'refused' && (kind === 'other' || !right[part]))
    .map(([part, , remove]) => ({ module, file: files[part], remove }));
  if (folder) damaged.push({ module, file: files.folder, remove: [files.folder] });
  const unreadable = looks
    .filter(([, { kind }]) => kind === 'refused')
    .map(([part, looked]) => ({
      module,
      file: files[part],
      code: looked.kind === 'refused' ? looked.code : '',
      needed: part === 'mod' || (part === 'zip' && !need.unpacked),
    }));
  return { damaged, unreadable, isOdd: looks.some(([, { kind }]) => kind === 'other') };
}

function isInfo(text: string): boolean {
  try {
    return typeof (JSON.parse(text) as { Version?: unknown } | null)?.Version === 'string';
  } catch {
    return false;
  }
}

/** Whether the file has the directory of a zip; only that is read. */
async function isZip(file: FileHandle, bytes: number): Promise<boolean> {
  try {
    await readZip(fileSource(file, bytes));
    return true;
  } catch (error) {
    if (error instanceof ZipError) return false;
    throw error;
  }
}

/** Something else in place of the unpacked module. */
async function isNoFolder(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  return found !== null && !found.isDirectory() && !found.isSymbolicLink();
}

/** The zips and folders that differ from what was downloaded, as `go mod verify` says them. */
async function verify(
  context: Context,
  toolchain: Toolchain,
  { moduleCache, buildCache, settings }: GoPlaces,
  { needs, scratch }: { needs: readonly Need[]; scratch: string },
): Promise<Damage[]> {
  const env = { ...offlineEnvironment(context, scratch, moduleCache), GOFLAGS: '-mod=readonly' };
  const { stderr, stdout } = await toolchain.run(['mod', 'verify'], { env, signal: context.signal, group: true });
  const said = [
    ...`${stdout}\n${stderr}`.matchAll(/^(\S+) (v\S+): (?:(zip|dir) has been modified|(zip: not a valid))/gm),
  ];
  return said.flatMap(([, path, version, kind]) => {
    const need = needs.find(known => known.path === path && known.version === version);
    if (!need) return [];
    const { zip, zipHash, folder } = filesOf(moduleCache, need);
    const module = `${path}@${version}`;
    const index = moduleIndexFiles(buildCache, settings.go?.version ?? '', folder).filter(existsSync);
    return kind === 'dir'
      ? [{ module, file: folder, remove: [folder, ...index] }]
      : [{ module, file: zip, remove: [zip, zipHash] }];
  });
}
