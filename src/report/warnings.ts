import type { Warning } from '../changes/plan.ts';
import type { Translate } from '../messages/index.ts';
import { type Drawing, type Line, warn } from './line.ts';

/** A warning in words: a sentence of its own, or what the judge of settings says of one. */
export function wordWarning({ code, args }: Warning, t: Translate): string {
  const cause = args.cause === undefined ? '' : (t.optional(`probe.cause.${args.cause}`) ?? args.cause);
  const own = t.optional(`warning.${code}`, { ...args, cause });
  if (own !== null) return own;
  const text = t.optional(`remark.${code}`, args) ?? code;
  return args.setting === undefined ? text : t('settings.remark', { setting: args.setting, text });
}

/** Warnings for a person. */
export const warningLines = (warnings: readonly Warning[], { t, paintNote }: Drawing): Line[] =>
  warnings.map(warning => warn(`${paintNote.yellow('!')} ${wordWarning(warning, t)}`));
