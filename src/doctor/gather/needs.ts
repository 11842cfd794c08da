import type { ModuleVersion } from '../../go/mod-file.ts';
import { checkModulePath } from '../../go/module-path.ts';
import { matchingPattern } from '../../go/patterns.ts';
import { looksPrivate } from '../../go/private-names.ts';
import type { Settings } from '../../go/settings.ts';
import type { Project } from '../../project/project.ts';
import type { Need } from '../facts.ts';
import { isCached } from './cache.ts';

/** The module that every public mirror has: what is asked for outside a project. */
const reference = { path: 'rsc.io/quote', version: 'v1.5.2' };

/** What a pull has to have: the modules named on the command line, else those of the project, else the reference. */
export async function gatherNeeds(
  named: readonly string[],
  project: Project | null,
  settings: Settings,
  moduleCache: string,
): Promise<Need[]> {
  const from = named.length > 0 ? 'argument' : project ? 'project' : 'reference';
  const wanted = (project?.modules ?? []).filter(({ wantsZip }) => wantsZip);
  const modules = { argument: named.map(parse), project: wanted, reference: [reference] }[from];
  const known = new Map(project?.modules.map(module => [`${module.path}@${module.version}`, module]));
  const replacements = project?.main.flatMap(({ replaces }) => replaces) ?? [];
  const isHere = async (module: ModuleVersion): Promise<boolean> =>
    moduleCache !== '' &&
    /^v\d/.test(module.version) &&
    checkModulePath(module.path) === null &&
    (await isCached(moduleCache, module));
  return Promise.all(
    modules.map(async ({ path, version }) => ({
      path,
      version,
      from,
      direct: matchingPattern(settings.values.GONOPROXY.value, path),
      looksPrivate: looksPrivate(path),
      replaces:
        replacements.find(({ newPath, newVersion }) => newPath === path && newVersion === version)?.path ?? null,
      summed: {
        zip: known.get(`${path}@${version}`)?.zipHash != null,
        mod: known.get(`${path}@${version}`)?.modHash != null,
      },
      cached: await isHere({ path, version }),
      zipBytes: null,
    })),
  );
}

/** `MODULE`, `MODULE@VERSION`. */
function parse(text: string): { path: string; version: string } {
  const [path, version] = text.split('@', 2);
  return { path: path!, version: version || 'latest' };
}
