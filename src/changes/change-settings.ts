import { parseEnvFile } from '../go/env-file.ts';
import { type GoFacts, readGoFacts } from '../go/facts.ts';
import type { SettingName, Settings } from '../go/settings.ts';
import type { Context } from '../system/context.ts';
import { CliError } from '../system/errors.ts';
import { worded } from '../system/file-error.ts';
import { type LockOptions, withLock } from '../system/lock.ts';
import { stateFolder } from './history.ts';
import { type Leftovers, repair } from './leftovers.ts';
import { type Change, changesOf, type Plan, type Wanted, type Warning } from './plan.ts';
import { ChangedMeanwhile, replaceSettings } from './replace.ts';
import { type Snapshot, settingsTarget, snapshot } from './target.ts';
import { assertAsPlanned, makeChanged } from './write-settings.ts';

export interface ChangeRequest extends Pick<LockOptions, 'onWait'> {
  /** What go says before the change, as the command has read it. */
  facts: GoFacts;
  /** What was asked, as the history shows it. */
  command: string;
  /** Computes the change from the settings as they are. Called with the lock held, and again when another hand was faster. */
  plan: (settings: Settings) => Plan | Promise<Plan>;
  /** Write the file ourselves, in Go's own format. */
  withoutGo?: boolean | undefined;
  /** Compute the change and write nothing. */
  dryRun?: boolean | undefined;
}

export interface ChangeOutcome {
  /** What changed in the settings file, or would. */
  changes: Change[];
  /** The entry of the history; null where nothing had to change. */
  entry: number | null;
  /** The file says now what was asked. */
  applied: boolean;
  /** So does `go env`. */
  effective: boolean;
  /** Variables of the OS environment that hide what the file says. */
  shadowedBy: SettingName[];
  warnings: readonly Warning[];
  /** The settings file, symlinks followed. */
  file: string;
  /** The settings afterwards. */
  settings: Settings;
  /** What a crash had left, and was put right. */
  repaired: Leftovers | null;
}

/**
 * Changes the settings: lock, repair, plan, one `go env -w` on a copy, replace, read again. Throws a `CliError` that names path and
 * reason where the file cannot be changed; it is then as it was.
 */
export async function changeSettings(context: Context, request: ChangeRequest): Promise<ChangeOutcome> {
  const { settings } = request.facts;
  if (!settings.go && !request.withoutGo) throw new CliError('error.go-missing');
  const file = await settingsTarget(context, settings);
  if (request.dryRun) return dryRun(await request.plan(settings), settings, file);
  try {
    const folder = stateFolder(context);
    return await withLock(context, folder, () => applyPlan(context, request, folder, file), request);
  } catch (error) {
    throw worded(error, file);
  }
}

/** The settings under the lock may be others than before it. A hand that is faster than us gets two more turns. */
async function applyPlan(
  context: Context,
  request: ChangeRequest,
  folder: string,
  file: string,
  turn = 1,
): Promise<ChangeOutcome> {
  const repaired = await repair(folder, file);
  const before = await snapshot(file);
  const { settings: found, toolchain } = await asTheyAre(context, request.facts, before);
  const plan = await request.plan(found);
  const changes = changesOf(parseEnvFile(before.bytes.toString()), plan.wanted);
  const go = request.withoutGo ? null : toolchain;
  const wanted: Wanted = new Map(changes.map(({ key, to }) => [key, to]));
  let entry: number | null = null;
  try {
    if (changes.length > 0) {
      entry = await replaceSettings(folder, {
        command: request.command,
        file,
        changes,
        automatic: (plan.automatic ?? []).filter(key => wanted.has(key)),
        undoes: null,
        before,
        make: copy => makeChanged(context, go, { file, before, wanted }, copy),
        verify: after => assertAsPlanned(before, after, wanted),
      });
    }
  } catch (error) {
    if (error instanceof ChangedMeanwhile && turn < 3) return applyPlan(context, request, folder, file, turn + 1);
    throw error instanceof ChangedMeanwhile ? new CliError('changes.busy-file', { path: file }, 1) : error;
  }
  const settings = changes.length > 0 ? (await readGoFacts(context)).settings : found;
  return {
    changes,
    entry,
    applied: true,
    ...effectOf(settings, plan.wanted),
    warnings: plan.warnings.map(warning => asItStands(warning, settings)),
    file,
    settings,
    repaired,
  };
}

/** Go sorts the lines of the file: one that is warned of may stand elsewhere now. */
function asItStands(warning: Warning, { envFile }: Settings): Warning {
  const line = envFile.ignored.find(({ text }) => warning.code === 'line-ignored' && text === warning.args.text);
  return line ? { ...warning, args: { ...warning.args, line: line.number } } : warning;
}

/** What go says with the file as it is now: read again only where another hand has changed it since. */
async function asTheyAre(context: Context, facts: GoFacts, now: Snapshot): Promise<GoFacts> {
  const same = now.exists ? facts.envText === now.bytes.toString() : facts.envText === null;
  return same ? facts : readGoFacts(context);
}

async function dryRun(plan: Plan, settings: Settings, file: string): Promise<ChangeOutcome> {
  const changes = changesOf(parseEnvFile((await snapshot(file)).bytes.toString()), plan.wanted);
  const effect = effectOf(settings, plan.wanted);
  return { changes, entry: null, applied: false, ...effect, warnings: plan.warnings, file, settings, repaired: null };
}

/** Whether `go env` says what was asked, and which variables of the OS environment are in the way. */
export function effectOf(settings: Settings, wanted: Wanted): Pick<ChangeOutcome, 'effective' | 'shadowedBy'> {
  const missed = [...wanted].filter(([key, value]) => {
    const setting = settings.values[key as SettingName];
    return value === null ? setting.source === 'os' || setting.source === 'file' : setting.value !== value;
  });
  const shadowedBy = missed.map(([key]) => key as SettingName).filter(key => settings.values[key].source === 'os');
  return { effective: missed.length === 0, shadowedBy };
}
