import type { GoFacts } from '../go/facts.ts';
import type { GoSumEntry } from '../project/go-sum.ts';
import { readProject } from '../project/read.ts';
import type { Context } from '../system/context.ts';

/** A module that go will ask for. */
export interface Needed {
  module: string;
  version: string;
  /** Whether its zip is needed, and so its `.info` too; else only its go.mod. */
  zip: boolean;
}

/** Hashes by `PATH VERSION` for zips and `PATH VERSION/go.mod`, as go.sum writes them. */
export type KnownHashes = ReadonlyMap<string, string>;

/** What is known of a pull before go begins. */
export interface Needs {
  /** Those with zips in the order in which go will ask for them. */
  modules: readonly Needed[];
  hashes: KnownHashes;
}

/** What go will ask for in this folder, or for the modules named (`PATH@VERSION`). */
export async function needsOf(context: Context, facts: GoFacts, named: readonly string[]): Promise<Needs> {
  const project = await readProject(context, facts);
  const hashes = hashesOf(project?.sums ?? []);
  if (named.length > 0) return { modules: named.flatMap(exactVersion), hashes };
  const order = new Map(project?.main.flatMap(({ requires }) => requires).map(({ path }, index) => [path, index]));
  const place = (path: string): number => order.get(path) ?? Number.POSITIVE_INFINITY;
  const modules = [...(project?.modules ?? [])]
    .sort((one, other) => (place(one.path) === place(other.path) ? 0 : place(one.path) - place(other.path)))
    .map(({ path, version, wantsZip }) => ({ module: path, version, zip: wantsZip }));
  return { modules, hashes };
}

/** The hashes that go.sum, or a record of the checksum database, holds. */
export function hashesOf(sums: readonly GoSumEntry[]): KnownHashes {
  const usable = sums.filter(({ hash }) => hash.startsWith('h1:'));
  return new Map(
    usable.map(({ module, version, kind, hash }) => [`${module} ${version}${kind === 'mod' ? '/go.mod' : ''}`, hash]),
  );
}

function exactVersion(text: string): Needed[] {
  const [, module, version] = text.match(/^([^@\s]+)@(v\d+\.\d+\.\d+\S*)$/) ?? [];
  return module && version ? [{ module, version, zip: true }] : [];
}
