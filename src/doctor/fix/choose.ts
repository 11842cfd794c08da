import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Change, changesOf, type Wanted } from '../../changes/plan.ts';
import { type Snapshot, settingsTarget, snapshot } from '../../changes/target.ts';
import { makeChanged } from '../../changes/write-settings.ts';
import { parseEnvFile } from '../../go/env-file.ts';
import type { Toolchain } from '../../go/toolchain.ts';
import type { Context } from '../../system/context.ts';
import { startDeadline } from '../../system/network/deadline.ts';
import { type Scratch, withScratch } from '../../trial/scratch.ts';
import type { Damage, DoctorFacts } from '../facts.ts';
import type { FixPlan } from './plan.ts';
import { tryCandidate } from './prove.ts';
import { changesFrom } from './remedy.ts';

/** The fix that was decided on: one set of settings, and the damaged files. */
export interface ChosenFix {
  wanted: Wanted;
  changes: Change[];
  damaged: readonly Damage[];
  /** More than repairs that are right by themselves: it was chosen as a download succeeded with it. */
  tried: boolean;
  /** A real download of all that was tried succeeded with exactly these settings; false where none could be tried or none succeeded. */
  proven: boolean;
  /** The settings file that this was decided on. */
  before: Snapshot;
}

/** What one candidate may take. Milliseconds. */
const trialMs = 4000;

/**
 * Decides on a fix by trying: the first candidate that a real download succeeds with, else the repairs that are right by themselves.
 * Null: nothing to fix. Throws a `CliError` where there is no settings file to write. `budgetMs`: for all trials together.
 */
export async function chooseFix(
  context: Context,
  facts: DoctorFacts,
  plan: FixPlan,
  budgetMs: number,
): Promise<ChosenFix | null> {
  const { candidates, repairs, damaged } = plan;
  const { settings } = facts;
  if (candidates.length === 0 && repairs.size === 0 && damaged.length === 0) return null;
  const writes = candidates.length > 0 || repairs.size > 0;
  const file = writes ? await settingsTarget(context, settings) : '';
  const before: Snapshot = writes
    ? await snapshot(file)
    : { exists: false, bytes: Buffer.alloc(0), mode: null, owner: null };
  const found = await firstThatWorks(context, facts, { candidates, file, before, budgetMs });
  context.signal.throwIfAborted();
  const wanted = found?.wanted ?? repairs;
  if (wanted.size === 0 && damaged.length === 0) return null;
  const changes = changesFrom(wanted, settings);
  return { wanted, changes, damaged, before, tried: found !== null, proven: found?.proven ?? false };
}

interface Attempts {
  candidates: readonly Wanted[];
  file: string;
  before: Snapshot;
  budgetMs: number;
}

async function firstThatWorks(
  context: Context,
  facts: DoctorFacts,
  { candidates, file, before, budgetMs }: Attempts,
): Promise<{ wanted: Wanted; proven: boolean } | null> {
  const { toolchain } = facts.go;
  if (!toolchain || candidates.length === 0) return null;
  const all = startDeadline(context.signal, budgetMs);
  try {
    return await withScratch(context, async place => {
      if (!place) return null;
      for (const [index, wanted] of candidates.entries()) {
        if (all.signal.aborted) return null;
        const deadline = all.within(trialMs);
        const copy = await copyWith(context, toolchain, { place, index, file, before, wanted });
        const work = tryCandidate(context, facts, wanted, {
          folder: join(place.folder, `${index}`),
          settingsFile: copy,
          deadline,
        });
        const result = await place.keepFor(work).finally(() => deadline.clear());
        if (result.works) return { wanted, proven: result.proven };
      }
      return null;
    });
  } finally {
    all.clear();
  }
}

/** The settings file as it would be written, by the same hand: what is proven is exactly what is written. */
async function copyWith(
  context: Context,
  toolchain: Toolchain,
  {
    place,
    index,
    file,
    before,
    wanted,
  }: { place: Scratch; index: number; file: string; before: Snapshot; wanted: Wanted },
): Promise<string> {
  const copy = join(place.folder, `env-${index}`);
  const changes = changesOf(parseEnvFile(before.bytes.toString()), wanted);
  const changed = new Map(changes.map(({ key, to }) => [key, to]));
  if (changed.size > 0) await makeChanged(context, toolchain, { file, before, wanted: changed }, copy);
  else await writeFile(copy, before.bytes, { mode: 0o600 });
  return copy;
}
