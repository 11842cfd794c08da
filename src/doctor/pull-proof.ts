import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../system/context.ts';
import { startDeadline } from '../system/network/deadline.ts';
import type { DoctorFacts } from './facts.ts';
import { tryNeeds } from './gather/trial.ts';

/** A pull that has brought nothing new for so long will not. Milliseconds. */
const stallMs = 20_000;
/** Longer than any pull takes: only a stall ends it. Milliseconds. */
const endlessMs = 24 * 3600 * 1000;

/**
 * The facts with a real `go mod download` of all that is needed, into a temporary module cache, in place of the few modules of
 * the trial. It takes as long as it takes, and is ended when nothing new has come for 20 s.
 */
export async function provePull(
  context: Context,
  facts: DoctorFacts,
  onProgress: (bytes: number) => void,
): Promise<DoctorFacts> {
  const folder = await mkdtemp(join(context.env.TMPDIR || tmpdir(), 'go-mirror-'));
  const deadline = startDeadline(context.signal, endlessMs);
  try {
    const sums = facts.files?.sums ?? [];
    const trials = await tryNeeds(context, facts.needs, {
      folder,
      sums,
      deadline,
      enoughBytes: Number.POSITIVE_INFINITY,
      stallMs,
      onProgress,
    });
    return { ...facts, trials };
  } finally {
    deadline.clear();
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}
