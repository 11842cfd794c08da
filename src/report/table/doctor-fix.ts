import type { ChosenFix } from '../../doctor/fix/choose.ts';
import type { Translate } from '../../messages/index.ts';

/** The plan of a fix, one line for each change. */
export function changeLines({ changes, damaged, proven }: ChosenFix, t: Translate): string[] {
  const unset = t('doctor.fix.unset');
  return [
    t(proven ? 'doctor.fix.proven' : 'doctor.fix.plan'),
    ...changes.map(({ key, from, to }) => t('doctor.fix.change', { key, from: from ?? unset, to: to ?? unset })),
    ...damaged.flatMap(({ remove }) => remove).map(path => t('doctor.fix.remove', { path })),
  ];
}
