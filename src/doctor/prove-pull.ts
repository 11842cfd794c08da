import { join } from 'node:path';
import type { Context } from '../system/context.ts';
import { startDeadline } from '../system/network/deadline.ts';
import { putAside } from '../trial/download.ts';
import { withScratch } from '../trial/scratch.ts';
import type { DoctorFacts } from './facts.ts';
import { sortNeeds, together } from './gather/trial-sets.ts';
import { runTrials } from './gather/trials.ts';

/** A pull that has brought nothing new for so long will not. Milliseconds. */
const stallMs = 20_000;
/** Longer than any pull takes: only a stall ends it. Milliseconds. */
const endlessMs = 24 * 3600 * 1000;

/**
 * The facts with a real `go mod download` of all that is needed, into a temporary module cache, in place of the few modules of
 * the trial. It takes as long as it takes, and is ended when nothing new has come for 20 s. Throws where the run is interrupted.
 */
export async function provePull(
  context: Context,
  facts: DoctorFacts,
  onProgress: (bytes: number) => void,
): Promise<DoctorFacts> {
  const { toolchain } = facts.go;
  if (!toolchain) return facts;
  const deadline = startDeadline(context.signal, endlessMs);
  try {
    const proven = await withScratch(context, async (place, reason) => {
      if (!place) return { ...facts, notTried: reason };
      const { proxied, origins, apart } = sortNeeds(facts.needs, facts);
      const sets = [{ needs: proxied, variables: {} }, { needs: origins, variables: {} }, ...together(apart)];
      const trials = await runTrials(context, toolchain, sets, {
        folder: join(place.folder, 'pull'),
        sums: facts.files?.sums ?? [],
        deadline,
        variables: putAside,
        enoughBytes: Number.POSITIVE_INFINITY,
        stallMs,
        onProgress,
      });
      return { ...facts, trials };
    });
    context.signal.throwIfAborted();
    return proven;
  } finally {
    deadline.clear();
  }
}
