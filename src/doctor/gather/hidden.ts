import { join } from 'node:path';
import type { Context } from '../../system/context.ts';
import type { Deadline } from '../../system/network/deadline.ts';
import { hiddenSettings } from '../hidden.ts';
import { proxiedNeeds } from '../judge.ts';
import type { Base, Purpose } from './local.ts';
import { tryNeeds } from './trial.ts';

/** Decided by the trial itself, whatever the user's settings say. */
const notTried = new Set(['GOFLAGS', 'GOTOOLCHAIN', 'GO111MODULE']);

/** Whether a download succeeds with the values of the settings file that the environment hides; null where it hides none. */
export async function tryHidden(
  context: Context,
  facts: Base & Purpose,
  { scratch, deadline }: { scratch: string; deadline: Deadline },
): Promise<boolean | null> {
  const hidden = hiddenSettings(facts.settings).filter(({ name }) => !notTried.has(name));
  const needs = proxiedNeeds(facts)
    .filter(({ looksPrivate }) => !looksPrivate)
    .slice(0, 2);
  if (hidden.length === 0 || needs.length === 0) return null;
  const settings = Object.fromEntries(hidden.map(({ name, inFile }) => [name, inFile]));
  const sums = facts.files?.sums ?? [];
  const trials = await tryNeeds(context, needs, { folder: join(scratch, 'hidden'), sums, settings, deadline });
  return trials.every(({ outcome }) => outcome === 'ok' || outcome === 'large');
}
