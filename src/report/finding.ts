import type { Finding } from '../doctor/finding.ts';
import type { Translate } from '../messages/index.ts';
import { maskedArgs } from './remarks.ts';

/** What a finding says. One that repeats a remark of the judge says it in the remark's words, with the name of the setting. */
export function wordFinding(
  { code, target, args, remarkOn }: Pick<Finding, 'code' | 'target' | 'args' | 'remarkOn'>,
  t: Translate,
): string {
  if (remarkOn === null) return t.optional(`finding.${code}`, args) ?? `${code} ${target}`;
  const text = t.optional(`remark.${code}`, maskedArgs(args)) ?? code;
  return t('settings.remark', { setting: remarkOn, text });
}
