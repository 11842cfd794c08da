import { join } from 'node:path';
import type { Toolchain } from '../../go/toolchain.ts';
import type { Context } from '../../system/context.ts';
import { type TrialOptions, type Tried, tryDownload } from '../../trial/download.ts';
import type { Complaint, Need, Trial } from '../facts.ts';
import { complaintOf } from './complaint.ts';
import type { TrialSet } from './trial-sets.ts';

/** One real download for each set, all at the same time, each in a folder of its own below the one given. */
export async function runTrials(
  context: Context,
  toolchain: Toolchain,
  sets: readonly TrialSet[],
  options: TrialOptions,
): Promise<Trial[]> {
  const bytes: number[] = [];
  const trials = sets.map((set, index) =>
    runSet(context, toolchain, set, {
      ...options,
      folder: join(options.folder, `${index}`),
      onProgress: now => {
        bytes[index] = now;
        options.onProgress?.(bytes.reduce((sum, one) => sum + (one ?? 0), 0));
      },
    }),
  );
  return (await Promise.all(trials)).flat();
}

async function runSet(
  context: Context,
  toolchain: Toolchain,
  { needs, variables, whenNotFound }: TrialSet,
  options: TrialOptions,
): Promise<Trial[]> {
  if (needs.length === 0) return [];
  const tried = await tryDownload(context, toolchain, needs, {
    ...options,
    folder: join(options.folder, 'first'),
    variables: { ...options.variables, ...variables },
  });
  const trials = await Promise.all(tried.map((result, index) => trialOf(needs[index]!, result)));
  const notFound = trials.some(({ complaint }) => complaint?.cause === 'mirror-not-found-404-410');
  if (!whenNotFound || !notFound) return trials;
  return runSet(context, toolchain, whenNotFound, { ...options, folder: join(options.folder, 'then') });
}

async function trialOf(need: Need, { module: _, said, declares, ...tried }: Tried): Promise<Trial> {
  if (tried.outcome === 'failed') return { ...tried, need, complaint: await complaintOf(said) };
  const complaint = renamed(need, declares);
  return { ...tried, need, complaint, outcome: complaint ? 'failed' : tried.outcome };
}

/** What go says when it loads a module whose go.mod names another path (cmd/go/internal/modload/modfile.go); a download alone does not look. */
function renamed(need: Need, declares: string | null): Complaint | null {
  if (declares === null || need.from === 'argument' || declares === need.path || declares === need.replaces)
    return null;
  const text = `${need.path}@${need.version}: parsing go.mod: module declares its path as: ${declares} but was required as: ${need.path}`;
  return { text, cause: 'path-mismatch', culprit: need.path };
}

/** Whether all of these came, or would have. */
export const allCame = (trials: readonly Trial[]): boolean =>
  trials.every(({ outcome }) => outcome === 'ok' || outcome === 'large');
