import { dirname } from 'node:path';
import { checkModulePath } from '../../go/module-path.ts';
import type { Project } from '../../project/project.ts';
import { readProject } from '../../project/read.ts';
import type { Context } from '../../system/context.ts';
import type { DoctorFacts, ProjectFacts } from '../facts.ts';
import type { Guard } from '../guard.ts';
import { gatherCache } from './cache.ts';
import { gatherDamage } from './damage.ts';
import { gatherNeeds } from './needs.ts';
import { checkPackages, checkProject, checkSums } from './project.ts';
import { missingFolders } from './replaced.ts';
import { isVendored } from './vendored.ts';

export type Base = Pick<DoctorFacts, 'env' | 'go' | 'settings' | 'remarks' | 'goproxy' | 'gosumdb' | 'named'>;

/** What a pull is for. */
export interface Purpose extends Pick<DoctorFacts, 'needs'> {
  /** As files and go.sum say, or null outside a project. */
  files: Project | null;
}

/** Reads the project, and what of it is not in the module cache yet. */
export async function gatherPurpose(
  context: Context,
  { go, settings }: Base,
  modules: readonly string[],
  guard: Guard,
): Promise<Purpose> {
  const files = await guard('project', () => readProject(context, go), null);
  const vendored = modules.length === 0 && files !== null && (await isVendored(files, settings.values.GOFLAGS.value));
  if (vendored) return { files, needs: [] };
  return { files, needs: await guard('modules', () => gatherNeeds(modules, files, settings, go.moduleCache), []) };
}

/** What can be known without any network: the module cache, and what go says of the project. */
export async function gatherLocal(
  context: Context,
  { go, settings, gosumdb, files, needs }: Base & Purpose,
  { scratch, guard }: { scratch: string | null; guard: Guard },
): Promise<Pick<DoctorFacts, 'cache' | 'project'>> {
  const { toolchain, moduleCache } = go;
  const database = gosumdb.ok && gosumdb.kind === 'database' ? gosumdb.name : null;
  const flags = settings.values.GOFLAGS.value;
  const modules = needs.filter(({ path }) => checkModulePath(path) === null);
  const staysLocal = settings.values.GOTOOLCHAIN.value === 'local';
  const [cache, damaged, project] = await Promise.all([
    toolchain && moduleCache ? guard('module-cache', () => gatherCache(go, modules, database), null) : null,
    toolchain && files ? guard('damage', () => gatherDamage(context, toolchain, go, modules, files.sums), []) : [],
    toolchain && files ? projectFacts(files) : null,
  ]);
  return { project, cache: cache && { ...cache, damaged } };

  async function projectFacts(project: Project): Promise<ProjectFacts> {
    const complete = needs.every(({ cached }) => cached);
    const [complaint, sums, packages] = await Promise.all([
      guard('go-list', () => checkProject(context, toolchain!, { flags, staysLocal }), null),
      guard('go-sum', () => checkSums(project), null),
      scratch ? guard('packages', () => checkPackages(context, toolchain!, { flags, scratch, complete }), []) : [],
    ]);
    return {
      root: dirname(project.file),
      missingFolders: missingFolders(project),
      complaint: complaint ?? sums,
      packages,
    };
  }
}
