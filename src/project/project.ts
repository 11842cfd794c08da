import type { GoModFile, Replacement } from '../go/mod-file.ts';
import type { GoSumEntry } from './go-sum.ts';

/** A module that a pull of the project fetches, all of it or its go.mod only. */
export interface ProjectModule {
  path: string;
  version: string;
  /** Whether its zip is fetched; else go needs its go.mod only. */
  wantsZip: boolean;
  /** `h1:` hash of its zip in go.sum, or null. */
  zipHash: string | null;
  /** `h1:` hash of its go.mod in go.sum, or null. */
  modHash: string | null;
  /** Size of the zip in the module cache, or null. */
  zipBytes: number | null;
}

/** What a pull of the project in the working folder fetches. */
export interface Project {
  kind: 'module' | 'workspace';
  /** Absolute path of go.mod or go.work. */
  file: string;
  /** Its go line (`1.21`), or null where it has none. */
  go: string | null;
  /** The go.mod of each module that is worked on, one outside a workspace, with its absolute path. */
  main: (GoModFile & { file: string })[];
  /** The `replace` lines in effect: of a workspace go.work's first. */
  replaces: readonly Replacement[];
  /** All lines of go.sum, go.work.sum included. */
  sums: GoSumEntry[];
  /** The first line of these that go refuses, or null. */
  malformedSum: { file: string; line: number; fields: number; ofConflict: boolean } | null;
  /** What is no module path or no version is left out. */
  modules: ProjectModule[];
}
