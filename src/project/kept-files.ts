import { readFile, realpath, rm, stat } from 'node:fs/promises';
import { writeWhole } from '../system/files.ts';
import { type GoSumEntry, parseGoSum, sumLine } from './go-sum.ts';
import type { Project } from './project.ts';
import { sumFiles } from './read.ts';

/** What go may write in a project, as it was. */
export interface KeptFiles {
  /** The lines of go.sum that have come since. */
  addedSums(): Promise<GoSumEntry[]>;
  /** Puts back what has changed since, and says which files. */
  restore(): Promise<string[]>;
}

/** Remembers go.mod and go.sum, and in a workspace go.work.sum, byte for byte. */
export async function keepFiles(project: Project | null): Promise<KeptFiles> {
  const sums = project ? sumFiles(project) : [];
  const files = [...sums, ...(project?.main ?? []).map(({ file }) => file)];
  const kept = new Map(await Promise.all(files.map(async file => [file, await bytesIn(file)] as const)));
  return {
    async addedSums() {
      const added = await Promise.all(
        sums.map(async file => {
          const known = new Set(parseGoSum(String(kept.get(file) ?? '')).map(sumLine));
          return parseGoSum(String((await bytesIn(file)) ?? '')).filter(entry => !known.has(sumLine(entry)));
        }),
      );
      return added.flat();
    },
    async restore() {
      const restored: string[] = [];
      for (const [file, before] of kept) {
        const now = await bytesIn(file);
        if (before === null ? now === null : now?.equals(before)) continue;
        if (before === null) await rm(file);
        else await writeWhole(await realpath(file).catch(() => file), before, await modeOf(file));
        restored.push(file);
      }
      return restored;
    },
  };
}

async function bytesIn(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch {
    return null;
  }
}

async function modeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).mode & 0o777;
  } catch {
    return 0o666;
  }
}
