import { dirname, join, resolve } from 'node:path';
import { isPruned, type ModuleVersion, parseGoMod, type Replacement, replacementOf } from '../go/mod-file.ts';
import { type GoSumEntry, sumName } from '../project/go-sum.ts';
import type { Project } from '../project/project.ts';
import { canBeAsked } from '../project/read.ts';
import { readText } from '../system/regular-file.ts';

/** A module that go will ask for. */
export interface Needed extends ModuleVersion {
  /** Whether its zip is needed, and so its `.info` too; else only its go.mod. */
  zip: boolean;
  /** Of which go reads the requirements: of those alone whose graph is not pruned, of every one below such, or of none. */
  follow: 'unpruned' | 'always' | 'never';
}

/** Hashes by `PATH VERSION` for zips and `PATH VERSION/go.mod`, as go.sum writes them. */
export type KnownHashes = ReadonlyMap<string, string>;

/** What is known of a pull before go begins. */
export interface Needs {
  /** What `go mod download` asks for in any case, those with zips in the order in which it does. */
  roots: readonly Needed[];
  /** What go fetches for a requirement of a go.mod that it reads; nothing where a folder stands in for it. */
  fetched(required: ModuleVersion, follow: Needed['follow']): Needed | null;
  hashes: KnownHashes;
}

/**
 * What `go mod download` asks for in a project, or for the modules named (`PATH@VERSION`). Only what go.mod names is certain: go.sum also
 * keeps what is no longer needed, and no mirror hears of that.
 */
export async function needsOf(project: Project | null, named: readonly string[]): Promise<Needs> {
  const hashes = hashesOf(project?.sums ?? []);
  const fetched = fetchedIn(project, hashes);
  // Of modules that are named go reads nothing that they require.
  if (named.length > 0) return { roots: named.flatMap(exactVersion), fetched, hashes };
  return { roots: project ? await rootsOf(project, fetched) : [], fetched, hashes };
}

/** The hashes that go.sum, or a record of the checksum database, holds. */
export function hashesOf(sums: readonly GoSumEntry[]): KnownHashes {
  const usable = sums.filter(({ hash }) => hash.startsWith('h1:'));
  return new Map(usable.map(entry => [sumName(entry), entry.hash]));
}

function exactVersion(text: string): Needed[] {
  const [, path, version] = text.match(/^([^@\s]+)@(v\d+\.\d+\.\d+\S*)$/) ?? [];
  return path && version ? [{ path, version, zip: true, follow: 'never' }] : [];
}

function fetchedIn(project: Project | null, hashes: KnownHashes): Needs['fetched'] {
  const own = new Set(project?.main.map(({ module }) => module));
  const listed = new Set(project?.main.flatMap(({ requires }) => requires).map(keyOf));
  const excluded = new Set(project?.main.flatMap(({ excludes }) => excludes).map(keyOf));
  return (required, follow) => {
    if (own.has(required.path) || excluded.has(keyOf(required))) return null;
    const replacement = replacementOf(required, project?.replaces ?? []);
    if (replacement?.newVersion === null) return null;
    const { path, version } = replacement ? { path: replacement.newPath, version: replacement.newVersion } : required;
    if (!canBeAsked({ path, version })) return null;
    return { path, version, zip: listed.has(keyOf(required)) || hashes.has(`${path} ${version}`), follow };
  };
}

/** The requirements of the main modules, and those of folders that stand in for required ones (`modload.readModGraph`). */
async function rootsOf({ main, file, replaces }: Project, fetched: Needs['fetched']): Promise<Needed[]> {
  const roots = new Map<string, Needed>();
  const folders = new Set<string>();
  const add = async (requires: readonly ModuleVersion[], follow: Needed['follow']): Promise<void> => {
    for (const required of requires) {
      const root = fetched(required, follow);
      if (root && roots.get(keyOf(root))?.follow !== 'always') roots.set(keyOf(root), root);
      const folder = folderOf(required, replaces, file);
      if (folder === null || folders.has(folder)) continue;
      folders.add(folder);
      const own = parseGoMod((await readText(join(folder, 'go.mod'))) ?? '');
      if (follow === 'always' || !isPruned(own.go)) await add(own.requires, 'always');
    }
  };
  const follow = main.every(({ go }) => isPruned(go)) ? 'unpruned' : 'always';
  for (const { requires } of main) await add(requires, follow);
  return [...roots.values()];
}

/** The folder that stands in for a module; null where none does. A relative one starts at the file that names it. */
function folderOf(required: ModuleVersion, replaces: readonly Replacement[], file: string): string | null {
  const replacement = replacementOf(required, replaces);
  return replacement && replacement.newVersion === null ? resolve(dirname(file), replacement.newPath) : null;
}

export const keyOf = ({ path, version }: ModuleVersion): string => `${path} ${version}`;
