import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import {
  type GoModFile,
  isPruned,
  type ModuleVersion,
  parseGoMod,
  type Replacement,
  replaced,
} from '../go/mod-file.ts';
import { checkModulePath, checkVersion, escapePath, escapeVersion } from '../go/module-path.ts';
import type { Context } from '../system/context.ts';
import { readText } from '../system/regular-file.ts';
import { malformedLine, parseGoSum } from './go-sum.ts';
import type { Project, ProjectModule } from './project.ts';

/** What go says about the folder: `readGoFacts`. Empty strings where go is missing; then the folders above are searched. */
export interface ProjectPlaces {
  goMod: string;
  goWork: string;
  moduleCache: string;
}

/** Reads the project of the working folder; null outside one. Starts nothing, writes nothing. */
export async function readProject(context: Context, places: ProjectPlaces): Promise<Project | null> {
  const work =
    places.goWork === 'off' ? null : places.goWork || (places.goMod ? null : await above(context, 'go.work'));
  if (work) return readWorkspace(work, places);
  const file = isProjectFile(places.goMod) ? places.goMod : places.goMod ? null : await above(context, 'go.mod');
  const text = file && (await readText(file));
  if (!file || text === null) return null;
  const main = { ...parseGoMod(text), file };
  const sums = await readSums(sumFiles({ kind: 'module', file, main: [main] }));
  const modules = modulesOf([main], main.replaces, sums.sums);
  return {
    kind: 'module',
    file,
    go: main.go,
    main: [main],
    replaces: main.replaces,
    ...sums,
    modules: await withSizes(modules, places.moduleCache),
  };
}

async function readWorkspace(file: string, places: ProjectPlaces): Promise<Project | null> {
  // One that is missing stays a workspace: go says what it lacks.
  const work = parseGoMod((await readText(file)) ?? '');
  const main: Project['main'] = [];
  for (const folder of work.uses) {
    const own = resolve(dirname(file), folder, 'go.mod');
    main.push({ ...parseGoMod((await readText(own)) ?? ''), file: own });
  }
  const sums = await readSums(sumFiles({ kind: 'workspace', file, main }));
  const replaces = [...work.replaces, ...main.flatMap(module => module.replaces)];
  const modules = await withSizes(modulesOf(main, replaces, sums.sums), places.moduleCache);
  return { kind: 'workspace', file, go: work.go, main, replaces, ...sums, modules };
}

/** Where go keeps the hashes of a project: beside each go.mod, and beside go.work. */
export function sumFiles({ kind, file, main }: Pick<Project, 'kind' | 'file' | 'main'>): string[] {
  const own = main.map(module => module.file.replace(/\.mod$/, '.sum'));
  return kind === 'workspace' ? [`${file}.sum`, ...own] : own;
}

async function readSums(files: readonly string[]): Promise<Pick<Project, 'sums' | 'malformedSum'>> {
  const texts = await Promise.all(files.map(async file => ({ file, text: (await readText(file)) ?? '' })));
  const malformed = texts.flatMap(({ file, text }) => {
    const found = malformedLine(text);
    return found ? [{ file, ...found }] : [];
  });
  return { sums: texts.flatMap(({ text }) => parseGoSum(text)), malformedSum: malformed[0] ?? null };
}

/**
 * The modules that `go mod download` fetches. From go 1.17 on go.mod lists every module whose zip is needed; an older one names
 * the direct ones only, and go.sum tells the rest. Besides, go.sum names modules of which only go.mod is read.
 */
function modulesOf(
  main: readonly GoModFile[],
  replaces: readonly Replacement[],
  sums: Project['sums'],
): Omit<ProjectModule, 'zipBytes'>[] {
  const own = new Set(main.map(({ module }) => module));
  const found = new Map<string, Omit<ProjectModule, 'zipBytes'>>();
  const add = ({ path, version }: ModuleVersion): Omit<ProjectModule, 'zipBytes'> => {
    const key = `${path}@${version}`;
    const known = found.get(key) ?? { path, version, wantsZip: false, zipHash: null, modHash: null };
    found.set(key, known);
    return known;
  };
  for (const { module, version, kind, hash } of sums) {
    const entry = add({ path: module, version });
    if (kind === 'zip') entry.zipHash ??= hash;
    else entry.modHash ??= hash;
  }
  const listsAll = main.every(({ go }) => isPruned(go));
  if (!listsAll) for (const entry of found.values()) entry.wantsZip = entry.zipHash !== null;
  for (const required of main.flatMap(({ requires }) => requires)) {
    const fetched = own.has(required.path) ? null : replaced(required, replaces);
    if (fetched) add(fetched).wantsZip = true;
  }
  return [...found.values()].filter(module => (module.wantsZip || module.modHash !== null) && canBeAsked(module));
}

/** What is no module path or no version is refused by go before it asks anyone. */
export const canBeAsked = ({ path, version }: ModuleVersion): boolean =>
  checkModulePath(path) === null && checkVersion(version) === null;

async function withSizes(
  modules: readonly Omit<ProjectModule, 'zipBytes'>[],
  moduleCache: string,
): Promise<ProjectModule[]> {
  return Promise.all(
    modules.map(async module => ({
      ...module,
      zipBytes: module.wantsZip && moduleCache ? await zipSize(moduleCache, module) : null,
    })),
  );
}

async function zipSize(moduleCache: string, { path, version }: ModuleVersion): Promise<number | null> {
  try {
    const zip = join(moduleCache, 'cache', 'download', escapePath(path), '@v', `${escapeVersion(version)}.zip`);
    return (await stat(zip)).size;
  } catch {
    return null;
  }
}

function isProjectFile(path: string): boolean {
  return isAbsolute(path) && path !== '/dev/null' && !/^\\\\\.\\nul$/i.test(path);
}

/** The nearest file of this name in the working folder or above it. */
async function above(context: Context, name: string): Promise<string | null> {
  for (let folder = context.cwd; ; folder = dirname(folder)) {
    const path = join(folder, name);
    if ((await readText(path)) !== null) return path;
    if (dirname(folder) === folder) return null;
  }
}
