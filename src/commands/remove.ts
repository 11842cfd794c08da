import { readGoFacts } from '../go/facts.ts';
import { allMirrors } from '../mirrors/all.ts';
import { findMirror, isInEffect } from '../mirrors/find.ts';
import { editOwnMirrors } from '../mirrors/own.ts';
import { CliError } from '../system/errors.ts';
import { nearest } from '../system/nearest.ts';
import type { Command } from './command.ts';

export const remove: Command = async ({ context, out, t, name: command, args, options }) => {
  const wanted = (args[0] ?? '').trim();
  const facts = await readGoFacts(context);
  const known = await allMirrors(context, facts, options.catalogue);
  const mirror = known.find(({ name, kind }) => kind === 'custom' && name.toLowerCase() === wanted.toLowerCase());
  if (!mirror) {
    if (findMirror(known, wanted)) throw new CliError('mirror.not-own', { name: wanted });
    const own = known.filter(({ kind }) => kind === 'custom').map(({ name }) => name);
    const suggestion = nearest(wanted, own);
    throw suggestion
      ? new CliError('mirrors.unknown.did-you-mean', { name: wanted, suggestion })
      : new CliError('mirrors.unknown', { name: wanted });
  }
  await editOwnMirrors(context, mirrors => mirrors.filter(({ name }) => name !== mirror.name));
  const { GOPROXY } = facts.settings.values;
  const inEffect = isInEffect(mirror, GOPROXY.value);
  const warnings = inEffect ? [{ code: 'removed-in-effect', name: mirror.name }] : [];
  out.json(command, { removed: { name: mirror.name, url: mirror.url }, warnings });
  out.result(t('mirror.removed', { name: mirror.name }));
  if (inEffect) out.warn(t('mirror.removed-in-effect', { name: mirror.name }));
  return 0;
};
