import { join } from 'node:path';
import { parseGosumdb } from '../../go/gosumdb.ts';
import { matchingPattern } from '../../go/patterns.ts';
import type { SettingName } from '../../go/settings.ts';
import { hasGatekeeper, namesGatekeeper } from '../../mirrors/gatekeepers.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import type { Context } from '../../system/context.ts';
import type { Deadline } from '../../system/network/deadline.ts';
import { putAside } from '../../trial/download.ts';
import { type Hidden, hiddenSettings } from '../hidden.ts';
import type { Base, Purpose } from './local.ts';
import { sortNeeds } from './trial-sets.ts';
import { allCame, runTrials } from './trials.ts';

/** Decided by the trial itself, whatever the user's settings say. */
const notTried = new Set<SettingName>(['GOFLAGS', 'GOTOOLCHAIN', 'GO111MODULE']);

/**
 * Whether a download succeeds with the values of the settings file that the environment hides. Null where it hides none, and where
 * trying that would ask somebody whom go does not ask now, public mirrors for public names excepted.
 */
export async function tryHidden(
  context: Context,
  facts: Base & Purpose,
  { scratch, deadline }: { scratch: string; deadline: Deadline },
): Promise<boolean | null> {
  const { settings, goproxy, go, files, needs, known } = facts;
  const hidden = hiddenSettings(settings).filter(({ name }) => !notTried.has(name));
  if (hidden.length === 0 || !go.toolchain || hasGatekeeper(facts)) return null;
  if (!hidden.every(one => asksNobodyNew(one, known))) return null;
  const inFile = (name: SettingName): string =>
    hidden.find(one => one.name === name)?.inFile ?? settings.values[name].value;
  const stays = ({ path }: { path: string }): boolean => matchingPattern(inFile('GONOPROXY'), path) === null;
  const missing = needs.filter(({ cached }) => !cached);
  const { proxied } = sortNeeds(missing, { settings, goproxy, known });
  const chosen = proxied.filter(stays).slice(0, 2);
  if (chosen.length === 0) return null;
  const unset = Object.fromEntries(hidden.map(({ name }) => [name, undefined]));
  const options = {
    folder: join(scratch, 'hidden'),
    sums: files?.sums ?? [],
    deadline,
    variables: { ...putAside, ...unset },
  };
  return allCame(await runTrials(context, go.toolchain, [{ needs: chosen, variables: {} }], options));
}

function asksNobodyNew({ name, inFile }: Hidden, known: readonly Mirror[]): boolean {
  if (name === 'GOPROXY') return !namesGatekeeper(inFile, known);
  if (name !== 'GOSUMDB') return true;
  const database = parseGosumdb(inFile);
  return database.ok && (database.kind === 'off' || database.url === null);
}
