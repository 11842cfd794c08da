import { dirname } from 'node:path';
import type { Project } from '../../project/project.ts';
import type { Context } from '../../system/context.ts';
import type { Containment } from '../contain.ts';
import type { DoctorFacts, ProjectFacts } from '../facts.ts';
import { gatherCache } from './cache.ts';
import { gatherDamage } from './damage.ts';
import { gatherNeeds } from './needs.ts';
import { checkPackages, checkProject, checkSums } from './project.ts';
import { missingFolders } from './replaced.ts';
import { isVendored } from './vendored.ts';

/** What is known before anything is looked at. */
export type Base = Pick<
  DoctorFacts,
  'env' | 'platform' | 'go' | 'settings' | 'misplaced' | 'remarks' | 'goproxy' | 'gosumdb' | 'known' | 'named' | 'files'
>;

/** What a pull is for. */
export type Purpose = Pick<DoctorFacts, 'needs' | 'refused'>;

/** What a pull has to have, and what of it is not in the module cache yet. */
export async function gatherPurpose(
  { go, settings, files }: Base,
  modules: readonly string[],
  contain: Containment,
): Promise<Purpose> {
  const nothing: Purpose = { needs: [], refused: [] };
  const about = { flags: settings.values.GOFLAGS.value, goVersion: settings.go?.version ?? '' };
  const vendored = modules.length === 0 && files !== null && (await isVendored(files, about));
  return vendored ? nothing : contain('modules', () => gatherNeeds(modules, files, settings, go.moduleCache), nothing);
}

/** What can be known without any network: the module cache, and what go says of the project. */
export async function gatherLocal(
  context: Context,
  { go, settings, gosumdb, files, needs }: Base & Purpose,
  { scratch, contain }: { scratch: string | null; contain: Containment },
): Promise<Pick<DoctorFacts, 'cache' | 'project'>> {
  const { toolchain, moduleCache } = go;
  const database = gosumdb.ok && gosumdb.kind === 'database' ? gosumdb.name : null;
  const nothing = { damaged: [], unreadable: [] };
  const [cache, damage, project] = await Promise.all([
    toolchain && moduleCache ? contain('module-cache', () => gatherCache(go, needs, database), null) : null,
    toolchain && moduleCache && files
      ? contain('damage', () => gatherDamage(context, toolchain, go, { needs, sums: files.sums, scratch }), nothing)
      : nothing,
    files ? projectFacts(files) : null,
  ]);
  return { project, cache: cache && { ...cache, ...damage } };

  async function projectFacts(project: Project): Promise<ProjectFacts> {
    const flags = settings.values.GOFLAGS.value;
    const staysLocal = settings.values.GOTOOLCHAIN.value === 'local';
    const complete = needs.every(({ cached, unpacked }) => cached && unpacked);
    const asked = toolchain && scratch ? { toolchain, question: { project, flags, scratch, moduleCache } } : null;
    const [complaint, packages] = await Promise.all([
      asked
        ? contain('go-list', () => checkProject(context, asked.toolchain, { ...asked.question, staysLocal }), null)
        : null,
      asked
        ? contain('packages', () => checkPackages(context, asked.toolchain, { ...asked.question, complete }), [])
        : [],
    ]);
    return {
      root: dirname(project.file),
      missingFolders: missingFolders(project),
      complaint: complaint ?? checkSums(project),
      packages,
    };
  }
}
