import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../../system/context.ts';
import { startDeadline } from '../../system/network/deadline.ts';
import type { DoctorFacts, Need } from '../facts.ts';
import { tryNeeds } from '../gather/trial.ts';

/** What one candidate may take. Milliseconds. */
const trialMs = 4000;

/** The first candidate with which a real download of a few modules succeeds, or null. */
export async function firstThatWorks(
  context: Context,
  facts: DoctorFacts,
  candidates: readonly ReadonlyMap<string, string | null>[],
): Promise<ReadonlyMap<string, string | null> | null> {
  const needs = tried(facts);
  const folder = await mkdtemp(join(context.env.TMPDIR || tmpdir(), 'go-mirror-')).catch(() => null);
  if (needs.length === 0 || !folder) return null;
  try {
    for (const [index, wanted] of candidates.entries()) {
      const deadline = startDeadline(context.signal, trialMs);
      const options = { folder: join(folder, String(index)), sums: facts.files?.sums ?? [], deadline };
      const trials = await tryNeeds(context, needs, { ...options, settings: overrides(wanted) }).finally(() =>
        deadline.clear(),
      );
      if (trials.every(({ outcome }) => outcome === 'ok' || outcome === 'large')) return wanted;
    }
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

/** The modules that were tried in the run, else the smallest few that are needed. */
function tried({ trials, needs }: DoctorFacts): Need[] {
  const before = trials.map(({ need }) => need);
  return before.length > 0 ? before : needs.filter(({ cached }) => !cached).slice(0, 3);
}

/** The candidate as variables of the environment. What is to be unset takes go's own default. */
function overrides(wanted: ReadonlyMap<string, string | null>): Record<string, string> {
  const defaults: Readonly<Record<string, string>> = { GO111MODULE: 'on', GOSUMDB: 'sum.golang.org' };
  return Object.fromEntries([...wanted].map(([key, to]) => [key, to ?? defaults[key] ?? '']));
}
