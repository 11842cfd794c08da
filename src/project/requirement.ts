import { replacementOf } from '../go/mod-file.ts';
import type { Project } from './project.ts';

/** What the project of the working folder says about a module. */
export interface Requirement {
  /** The version meant: the one given, else the one that go.mod requires; null: neither. */
  version: string | null;
  /** What a `replace` puts in its place: `PATH VERSION`, or a folder. */
  replacement: { target: string; local: boolean } | null;
  /** go.sum or go.work.sum holds the hashes of its zip and of its go.mod. */
  inGoSum: boolean;
}

/** What a project requires of a module. `given` is the version asked for, or null; `goMod` the go.mod of the working folder, which counts first. */
export function requirementOf(project: Project | null, goMod: string, path: string, given: string | null): Requirement {
  if (!project) return { version: given, replacement: null, inGoSum: false };
  const main = [...project.main].sort((a, b) => Number(b.file === goMod) - Number(a.file === goMod));
  const required = main.flatMap(({ requires }) => requires).find(one => one.path === path)?.version ?? null;
  const version = given ?? required;
  const found = replacementOf({ path, version }, project.replaces);
  const hashed = (kind: 'zip' | 'mod'): boolean =>
    project.sums.some(sum => sum.module === path && sum.version === version && sum.kind === kind);
  return {
    version,
    replacement: found && {
      target: [found.newPath, found.newVersion].filter(Boolean).join(' '),
      local: found.newVersion === null,
    },
    inGoSum: version !== null && hashed('zip') && hashed('mod'),
  };
}
