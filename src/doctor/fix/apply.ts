import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { changeSettings } from '../../changes/change-settings.ts';
import type { Change } from '../../changes/plan.ts';
import type { GoFacts } from '../../go/facts.ts';
import type { Context } from '../../system/context.ts';
import type { Damage } from '../facts.ts';

/** Writes the settings through `changes/`, and takes what is damaged out of the module cache. */
export async function applyFix(
  context: Context,
  facts: GoFacts,
  wanted: ReadonlyMap<string, string | null>,
  damaged: readonly Damage[],
): Promise<{ changes: Change[]; removed: string[] }> {
  const changes =
    wanted.size === 0
      ? []
      : (await changeSettings(context, { facts, command: 'doctor --fix', plan: () => ({ wanted, warnings: [] }) }))
          .changes;
  const removed = damaged.flatMap(({ remove }) => remove);
  for (const path of removed) {
    await writable(path);
    await rm(path, { recursive: true, force: true });
  }
  return { changes, removed };
}

/** Go unpacks modules read-only: a folder has to be writable before what is in it can go. */
async function writable(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (!entries) return;
  await chmod(path, 0o755);
  for (const entry of entries) if (entry.isDirectory()) await writable(join(path, entry.name));
}
