import { readFile, stat } from 'node:fs/promises';
import type { Toolchain } from '../../go/toolchain.ts';
import { hashGoMod } from '../../modproxy/dirhash.ts';
import type { GoSumEntry } from '../../project/go-sum.ts';
import type { Context } from '../../system/context.ts';
import type { Damage, GoPlaces, Need } from '../facts.ts';
import { filesOf } from './cache.ts';
import { offlineEnvironment } from './environment.ts';

/**
 * The damaged files of the needed modules in the module cache: read here where a look is enough, and by `go mod verify` where
 * zips and folders have to be hashed. Null for a module that is simply not there.
 */
export async function gatherDamage(
  context: Context,
  toolchain: Toolchain,
  places: GoPlaces,
  needs: readonly Need[],
  sums: readonly GoSumEntry[],
): Promise<Damage[]> {
  const looked = await Promise.all(needs.map(need => look(places.moduleCache, need, sums)));
  const found = looked.flat();
  const verified = await verify(context, toolchain, places.moduleCache, needs);
  return [...found, ...verified.filter(({ module }) => !found.some(known => known.module === module))];
}

async function look(moduleCache: string, need: Need, sums: readonly GoSumEntry[]): Promise<Damage[]> {
  const files = filesOf(moduleCache, need);
  const module = `${need.path}@${need.version}`;
  const text = (file: string): Promise<string | null> => readFile(file, 'utf8').catch(() => null);
  const [info, mod, zipHash] = await Promise.all([text(files.info), text(files.mod), text(files.zipHash)]);
  const damages: Damage[] = [];
  if (info !== null && !isInfo(info)) damages.push({ module, file: files.info, remove: [files.info] });
  const modSum = sums.find(sum => sum.kind === 'mod' && sum.module === need.path && sum.version === need.version)?.hash;
  if (mod !== null && modSum && hashGoMod(Buffer.from(mod)) !== modSum) {
    damages.push({ module, file: files.mod, remove: [files.mod] });
  }
  const zip = await stat(files.zip).catch(() => null);
  // Go takes the hash from this file alone: it makes it anew only together with the zip.
  if ((zip || zipHash !== null) && !/^h1:[A-Za-z0-9+/]{43}=\s*$/.test(zipHash ?? '')) {
    damages.push({ module, file: files.zipHash, remove: [files.zip, files.zipHash] });
  }
  if (zip && !(await endsAsZip(files.zip))) {
    damages.push({ module, file: files.zip, remove: [files.zip, files.zipHash] });
  }
  return damages;
}

function isInfo(text: string): boolean {
  try {
    return typeof (JSON.parse(text) as { Version?: unknown }).Version === 'string';
  } catch {
    return false;
  }
}

/** A zip begins with a file or the end record, and ends with that record: no comment is allowed in a module's zip. */
async function endsAsZip(file: string): Promise<boolean> {
  const bytes = await readFile(file);
  return bytes.length >= 22 && bytes.readUInt32LE(bytes.length - 22) === 0x06054b50;
}

/** The zips and folders that differ from what was downloaded, as `go mod verify` says them. */
async function verify(
  context: Context,
  toolchain: Toolchain,
  moduleCache: string,
  needs: readonly Need[],
): Promise<Damage[]> {
  const env = { ...offlineEnvironment(context), GOFLAGS: '-mod=readonly' };
  const { stderr, stdout } = await toolchain.run(['mod', 'verify'], { env });
  const said = [
    ...`${stdout}\n${stderr}`.matchAll(/^(\S+) (v\S+): (?:(zip|dir) has been modified|(zip: not a valid))/gm),
  ];
  return said.flatMap(([, path, version, kind]) => {
    const need = needs.find(known => known.path === path && known.version === version);
    const { zip, zipHash, folder } = filesOf(moduleCache, { path: path!, version: version! });
    if (!need) return [];
    const module = `${path}@${version}`;
    return kind === 'dir'
      ? [{ module, file: folder, remove: [folder] }]
      : [{ module, file: zip, remove: [zip, zipHash] }];
  });
}
