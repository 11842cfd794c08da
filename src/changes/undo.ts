import { writeFile } from 'node:fs/promises';
import { type GoFacts, readGoFacts } from '../go/facts.ts';
import type { Context } from '../system/context.ts';
import { CliError } from '../system/errors.ts';
import { worded } from '../system/file-error.ts';
import { type LockOptions, withLock } from '../system/lock.ts';
import { withPlaceholders } from '../system/secrets.ts';
import { type ChangeOutcome, effectOf } from './change-settings.ts';
import { goCommands } from './go-commands.ts';
import { type HistoryEntry, inForce, restored, stateFolder } from './history.ts';
import { repair } from './leftovers.ts';
import type { Change } from './plan.ts';
import { replaceSettings } from './replace.ts';
import { sameContent, settingsTarget, snapshot } from './target.ts';

export interface UndoOutcome extends ChangeOutcome {
  /** The change that was taken back. */
  undone: HistoryEntry;
}

/**
 * Puts the settings file back to before the last change that is in force, byte for byte; called again, one further. Throws
 * `undo.nothing` where there is none, and `undo.edited` when another hand has changed the file since. `only`: the entry of the
 * history that is meant; another one is another hand's then.
 */
export async function undoLast(
  context: Context,
  { settings }: GoFacts,
  options: { dryRun?: boolean | undefined; only?: number } & Pick<LockOptions, 'onWait'>,
): Promise<UndoOutcome> {
  const file = await settingsTarget(context, settings);
  const folder = stateFolder(context);
  try {
    if (options.dryRun) return await outcome(context, file, await lastUnedited(folder, file), null, null);
    return await withLock(
      context,
      folder,
      async () => {
        const repaired = await repair(folder, file);
        const entry = await lastUnedited(folder, file, options.only);
        const before = restored(entry.before);
        const id = await replaceSettings(folder, {
          command: 'undo',
          file,
          changes: backwards(entry),
          automatic: [],
          undoes: entry.id,
          before: await snapshot(file),
          make: async copy => {
            if (before.exists) await writeFile(copy, before.bytes, { mode: before.mode ?? 0o600, flag: 'wx' });
          },
        });
        return await outcome(context, file, entry, repaired, id);
      },
      options,
    );
  } catch (error) {
    throw worded(error, file);
  }
}

async function lastUnedited(folder: string, file: string, only?: number): Promise<HistoryEntry> {
  const { value: entry } = await inForce(folder, file).next();
  if (!entry) throw new CliError('undo.nothing', { file }, 1);
  const isMeant = only === undefined || entry.id === only;
  if (isMeant && sameContent(await snapshot(file), restored(entry.after))) return entry;
  throw new CliError('undo.edited', { file, command: entry.command, byHand: byHand(entry) }, 1);
}

/** The commands that take back the keys of a change, and leave alone what another hand has changed since. */
const byHand = (entry: HistoryEntry): string => withPlaceholders(goCommands(backwards(entry)).join(' && '));

const backwards = ({ changes }: HistoryEntry): Change[] =>
  changes.map(({ key, from, to }) => ({ key, from: to, to: from }));

async function outcome(
  context: Context,
  file: string,
  undone: HistoryEntry,
  repaired: UndoOutcome['repaired'],
  id: number | null,
): Promise<UndoOutcome> {
  const changes = backwards(undone);
  const { settings } = await readGoFacts(context);
  const effect = effectOf(settings, new Map(changes.map(({ key, to }) => [key, to])));
  return { changes, entry: id, applied: id !== null, ...effect, warnings: [], file, settings, repaired, undone };
}
