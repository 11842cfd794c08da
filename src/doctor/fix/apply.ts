import { changeSettings } from '../../changes/change-settings.ts';
import { type Change, changesOf } from '../../changes/plan.ts';
import { sameContent, settingsTarget, snapshot } from '../../changes/target.ts';
import { undoLast } from '../../changes/undo.ts';
import { parseEnvFile } from '../../go/env-file.ts';
import { type GoFacts, readGoFacts } from '../../go/facts.ts';
import type { Context } from '../../system/context.ts';
import { CliError } from '../../system/errors.ts';
import { codeOf } from '../../system/network/failure.ts';
import { removeTree } from '../../system/remove-tree.ts';
import type { ChosenFix } from './choose.ts';

/** What was done of a fix. */
export interface Applied {
  changes: Change[];
  /** The entry of the history by which it can be taken back, or null. */
  entry: number | null;
  removed: string[];
  /** What could not be removed, and why. */
  stuck: { path: string; code: string }[];
}

/**
 * Writes the settings through `changes/`, and takes what is damaged out of the module cache. Throws a `CliError` where the settings
 * cannot be written, or are others than those that the fix was decided on; nothing was done then. What cannot be removed is no error.
 */
export async function applyFix(context: Context, go: GoFacts, fix: ChosenFix): Promise<Applied> {
  const written = fix.wanted.size === 0 ? null : await write(context, go, fix);
  const applied: Applied = { changes: written?.changes ?? [], entry: written?.entry ?? null, removed: [], stuck: [] };
  for (const { remove } of fix.damaged) await takeAway(remove, applied);
  return applied;
}

/** What belongs to one damage goes together: where one part cannot go, those behind it stay too. */
async function takeAway(paths: readonly string[], { removed, stuck }: Applied): Promise<void> {
  for (const path of paths.filter(one => !removed.includes(one))) {
    if (stuck.some(known => known.path === path)) return;
    try {
      await removeTree(path);
      removed.push(path);
    } catch (error) {
      stuck.push({ path, code: codeOf(error) });
      return;
    }
  }
}

async function write(context: Context, facts: GoFacts, { wanted, before }: ChosenFix) {
  const file = await settingsTarget(context, facts.settings);
  const changed = changesOf(parseEnvFile(before.bytes.toString()), wanted);
  if (changed.length === 0) return null;
  return changeSettings(context, {
    facts,
    command: 'doctor --fix',
    plan: async () => {
      if (!sameContent(await snapshot(file), before)) throw new CliError('changes.busy-file', { path: file }, 1);
      return { wanted, warnings: [] };
    },
  });
}

/** Takes the settings of a fix back, byte for byte. Throws `undo.edited` where another hand has changed them since. */
export async function takeBack(context: Context, { entry }: Applied): Promise<void> {
  if (entry !== null) await undoLast(context, await readGoFacts(context), { only: entry });
}
