import { availableParallelism } from 'node:os';
import type { Settings } from '../go/settings.ts';
import type { Project } from '../project/project.ts';
import type { Context } from '../system/context.ts';
import { routedModules } from './plan.ts';
import { ZipSizes } from './zip-sizes.ts';

/** What the estimated pull consists of. */
export interface Workload {
  /** Modules whose zip is fetched: each costs one `.info`, one after another. */
  modules: number;
  zips: number;
  goMods: number;
  /** How many modules go fetches at a time: GOMAXPROCS. */
  parallel: number;
  /** The zips with their sizes, as far as they are known. */
  sizes: ZipSizes;
}

/** The pull that stands for all others outside a project; docs/latency-score.md says what it is made of. */
const referenceSet = { modules: 100, zips: 100, goMods: 180, bytes: 35_000_000 };

/** The pull of the project on an empty module cache, its private modules left out; the reference set without a project. */
export function workloadOf(context: Context, project: Project | null, settings: Settings | null): Workload {
  const parallel = Number(context.env.GOMAXPROCS) || availableParallelism();
  const routed = project ? routedModules(settings, project) : [];
  const zips = routed.filter(({ wantsZip }) => wantsZip);
  if (zips.length === 0) return { ...referenceSet, parallel, sizes: ZipSizes.of(referenceSet.bytes) };
  const goMods = routed.filter(({ modHash, wantsZip }) => modHash !== null || wantsZip).length;
  return { modules: zips.length, zips: zips.length, goMods, parallel, sizes: new ZipSizes(zips) };
}
