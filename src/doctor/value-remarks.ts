import type { Remark } from '../go/judge-settings.ts';
import type { SettingName } from '../go/settings.ts';
import type { DoctorFacts } from './facts.ts';

/** Remarks on where a value stands, each with a check of its own; the others are on the value. */
const onPlaces = new Set(['hides', 'line-ignored']);

/** What the judge says of the values of these settings. */
export const remarksOnValue = ({ remarks }: Pick<DoctorFacts, 'remarks'>, ...settings: SettingName[]): Remark[] =>
  remarks.filter(({ setting, code }) => settings.includes(setting) && !onPlaces.has(code));
