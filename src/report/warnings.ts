import type { Warning } from '../changes/plan.ts';
import type { Translate } from '../messages/index.ts';
import { type Drawing, type Line, warn } from './line.ts';
import { maskedArgs } from './remarks.ts';

/** A warning in words: a sentence of its own, or what the judge of settings says of one. */
export function wordWarning({ code, args }: Warning, t: Translate): string {
  const cause = args.cause === undefined ? '' : (t.optional(`probe.cause.${args.cause}`) ?? args.cause);
  const own = t.optional(`warning.${code}`, { ...args, cause });
  if (own !== null) return own;
  const text = t.optional(`remark.${code}`, maskedArgs(args)) ?? code;
  const { setting, value = '' } = args;
  if (setting === undefined) return text;
  // What GOPROXY says then stands in the verdict of the change.
  return setting === 'GOPROXY'
    ? t('settings.remark', { setting, text })
    : t('settings.remark-of', { setting, value, text });
}

/** Warnings for a person. */
export const warningLines = (warnings: readonly Warning[], { t, paintNote }: Drawing): Line[] =>
  warnings.map(warning => warn(`${paintNote.yellow('!')} ${wordWarning(warning, t)}`));
