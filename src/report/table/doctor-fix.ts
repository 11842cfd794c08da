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

/** What a variable of the environment hides cannot be put right in the settings file: where it is set, and what clears it. */
export function hiddenLine({ variable, value, origin, clear }: Shadow, t: Translate): string {
  if (!origin) return t('doctor.fix.hidden', { variable, value, clear });
  const place = `${origin.file}${origin.line ? `:${origin.line}` : ''}`;
  return t('doctor.fix.hidden-at', { variable, value, clear, place });
}
