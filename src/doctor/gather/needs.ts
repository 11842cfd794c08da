import { type ModuleVersion, replaced } from '../../go/mod-file.ts';
import { checkModulePath, checkVersion } from '../../go/module-path.ts';
import { matchingPattern } from '../../go/patterns.ts';
import { looksPrivate } from '../../go/private-names.ts';
import type { Settings } from '../../go/settings.ts';
import type { Project } from '../../project/project.ts';
import { quote } from '../../system/go-text.ts';
import type { DoctorFacts, Need, Refused } from '../facts.ts';
import { cachedParts } from './cache.ts';

/** The module that every public mirror has: what is asked for outside a project, and in one that needs nothing yet. */
const reference = { path: 'rsc.io/quote', version: 'v1.5.2' };

/**
 * What a pull has to have: the modules named on the command line, else those of the project, else the reference: a
 * setting that is broken stops the next `go get` of a project that needs nothing yet. What go would
 * refuse before it asks anyone stands apart: nobody here is asked for it either.
 */
export async function gatherNeeds(
  named: readonly string[],
  project: Project | null,
  settings: Settings,
  moduleCache: string,
): Promise<Pick<DoctorFacts, 'needs' | 'refused'>> {
  const needed = project ? neededBy(project).map(({ path, version }) => ({ path, version })) : [];
  const from = named.length > 0 ? 'argument' : needed.length > 0 ? 'project' : 'reference';
  const modules = { argument: named.map(parse), project: needed, reference: [reference] }[from];
  const known = new Map(project?.modules.map(module => [`${module.path}@${module.version}`, module]));
  const messageOn = (module: ModuleVersion): string | null =>
    refusal(module) ?? (from === 'project' ? withoutV(module) : null);
  const refused = modules.flatMap((module): Refused[] => {
    const message = messageOn(module);
    return message === null ? [] : [{ ...module, message }];
  });
  const asked = modules.filter(module => messageOn(module) === null);
  const needs = asked.map(async ({ path, version }): Promise<Need> => {
    const replaces = project?.replaces.find(line => line.newPath === path && line.newVersion === version);
    const listed = known.get(`${path}@${version}`);
    return {
      path,
      version,
      from,
      direct: matchingPattern(settings.values.GONOPROXY.value, path),
      looksPrivate: looksPrivate(path),
      replaces: replaces?.path ?? null,
      summed: { zip: listed?.zipHash != null, mod: listed?.modHash != null },
      ...(await cachedParts(moduleCache, { path, version })),
      zipBytes: null,
    };
  });
  return { needs: await Promise.all(needs), refused };
}

/** The modules whose zips the project needs, those that go refuses included. */
function neededBy({ main, modules, replaces }: Project): ModuleVersion[] {
  const own = new Set(main.map(({ module }) => module));
  const required = main.flatMap(({ requires }) => requires).filter(({ path }) => !own.has(path));
  const odd = required.flatMap(module => replaced(module, replaces) ?? []).filter(module => refusal(module) !== null);
  return [...odd, ...modules.filter(({ wantsZip }) => wantsZip)];
}

/** Why go asks nobody for a module, in its words, or null. `>=v1.2.0` asks for the list of versions. */
const refusal = ({ path, version }: ModuleVersion): string | null =>
  checkModulePath(path) ?? checkVersion(version.replace(/^[<>]=?/, ''));

/** In go.mod such a version is looked up as the name of a branch, which takes its time and finds nothing (x/mod/modfile, `parseVersion`). */
const withoutV = ({ path, version }: ModuleVersion): string | null =>
  /^\d+\.\d/.test(version) ? `require ${path}: version ${quote(version)} invalid: must be of the form v1.2.3` : null;

/** `MODULE`, `MODULE@VERSION`. */
function parse(text: string): ModuleVersion {
  const at = text.indexOf('@');
  const [path, version] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  return { path, version: version || 'latest' };
}
