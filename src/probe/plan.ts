import { parseGoproxy } from '../go/goproxy.ts';
import { knownDatabase, parseGosumdb } from '../go/gosumdb.ts';
import { matchingPattern } from '../go/patterns.ts';
import { looksPrivate } from '../go/private-names.ts';
import type { Settings } from '../go/settings.ts';
import type { ProbeTarget } from '../mirrors/probe-targets.ts';
import { mayHear } from '../mirrors/trust.ts';
import type { Project, ProjectModule } from '../project/project.ts';
import type { Database } from './database.ts';
import { type ProofModule, pinnedModule } from './pinned.ts';

/** What a mirror is asked for as a proof. */
export interface ProofPlan {
  /** In the order in which to ask: the first that is served is proven, those not served before it are no failure. */
  modules: readonly ProofModule[];
  /** Whether it may serve none of them and still be right, since go then asks the next entry of the list. */
  mayServeNone: boolean;
  /** Null: GOSUMDB=off. */
  database: Database | null;
}

/** So many modules of a project are tried until one is served; a gatekeeper may have few of them. */
const candidates = 10;
/** A zip of which more is known than that it is larger is no proof module: the round has 2 MB in all. */
const maxZipBytes = 400_000;

/** Chooses by which modules a mirror is to prove itself. */
export function planProof(target: ProbeTarget, settings: Settings | null, project: Project | null): ProofPlan {
  const database = databaseOf(settings);
  const needed = project
    ? routedModules(settings, project).filter(module => mayHear(target, settings, module.path))
    : [];
  const usable = needed.flatMap(module => provable(module) ?? []);
  const chosen = usable.sort((a, b) => rank(target, settings, project, a) - rank(target, settings, project, b));
  const fromProject = chosen.slice(0, candidates).map(({ proof }) => proof);
  const modules = fromProject.some(({ path }) => path === pinnedModule.path)
    ? fromProject
    : [...fromProject, pinnedModule];
  const all = chosen.length === fromProject.length;
  const handsOn =
    target.trust === 'gatekeeper' && !(project && all && fromProject.length > 0) && fallsBack(target, settings);
  return { modules, mayServeNone: handsOn || (project !== null && needed.length === 0), database };
}

/** The project's modules that go asks of a proxy: all but the private ones. */
export function routedModules(settings: Settings | null, project: Project): ProjectModule[] {
  const private_ = settings?.values.GONOPROXY.value ?? '';
  return project.modules.filter(({ path }) => matchingPattern(private_, path) === null);
}

function isPrivate(settings: Settings | null, path: string): boolean {
  const patterns = [settings?.values.GOPRIVATE.value, settings?.values.GONOSUMDB.value];
  return looksPrivate(path) || patterns.some(value => value && matchingPattern(value, path) !== null);
}

function provable(module: ProjectModule): { module: ProjectModule; proof: ProofModule } | null {
  const { path, version, zipHash, modHash, zipBytes } = module;
  if (!module.wantsZip || !zipHash || !modHash) return null;
  return { module, proof: { path, version, zipHash, modHash, zipBytes, source: 'go.sum' } };
}

/** Small known zips first; before all, at an own mirror, what only an own mirror has. */
function rank(
  target: ProbeTarget,
  settings: Settings | null,
  project: Project | null,
  { module }: { module: ProjectModule },
): number {
  const own = new Set(project?.main.map(main => main.module.split('/')[0]) ?? []);
  const homely =
    target.trust === 'gatekeeper' && (isPrivate(settings, module.path) || own.has(module.path.split('/')[0]));
  const size = module.zipBytes ?? maxZipBytes / 2;
  return (homely ? 0 : 1e12) + (size > maxZipBytes ? 1e10 : 0) + size;
}

/** Whether go asks another entry of GOPROXY for what this mirror does not have. */
function fallsBack(target: ProbeTarget, settings: Settings | null): boolean {
  const list = parseGoproxy(settings?.values.GOPROXY.value ?? '');
  if (!list.ok) return false;
  const same = (url: string | null): boolean => url?.replace(/\/+$/, '') === target.url.replace(/\/+$/, '');
  return list.entries.some(({ url, fallsBackOn }) => same(url) && fallsBackOn !== null);
}

/** The database that go would verify with through a mirror; null where it would use none. */
function databaseOf(settings: Settings | null): Database | null {
  if (!settings) return knownDatabase;
  const parsed = parseGosumdb(settings.values.GOSUMDB.value);
  if (!parsed.ok) return knownDatabase;
  return parsed.kind === 'off' ? null : { name: parsed.name, key: parsed.key };
}
