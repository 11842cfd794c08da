import type { Shadow } from '../../changes/shadow/shadow.ts';
import type { ChosenFix } from '../../doctor/fix/choose.ts';
import type { Translate } from '../../messages/index.ts';

/** The plan of a fix, one line for each change. */
export function planLines(
  { changes, damaged, proven }: Pick<ChosenFix, 'changes' | 'damaged' | 'proven'>,
  t: Translate,
): string[] {
  const unset = t('doctor.fix.unset');
  return [
    t(proven ? 'doctor.fix.proven' : 'doctor.fix.plan'),
    ...changes.map(({ key, from, to }) => t('doctor.fix.change', { key, from: from ?? unset, to: to ?? unset })),
    ...damaged.flatMap(({ remove }) => remove).map(path => t('doctor.fix.remove', { path })),
  ];
}

/** Where a variable of the environment is set, whose value stays as it is; null where nobody knows. */
export function placeLine({ variable, value, origin }: Shadow, t: Translate): string | null {
  return origin && t('doctor.fix.set-at', { variable, value, place: placeOf(origin) });
}

const placeOf = ({ file, line }: NonNullable<Shadow['origin']>): string => `${file}${line ? `:${line}` : ''}`;

/** What a variable of the environment hides cannot be put right in the settings file: where it is set, and what clears it. */
export function hiddenLine({ variable, value, origin, clear }: Shadow, t: Translate): string {
  if (!origin) return t('doctor.fix.hidden', { variable, value, clear });
  return t('doctor.fix.hidden-at', { variable, value, clear, place: placeOf(origin) });
}
