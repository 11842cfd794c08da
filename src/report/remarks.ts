import type { Remark } from '../go/judge-settings.ts';
import type { Translate } from '../messages/index.ts';
import { maskValue } from '../system/secrets.ts';
import type { SentenceArgs } from '../system/sentence.ts';

/** A remark as it stands in JSON. */
export function remarkJson(remark: Remark, t: Translate): object {
  const { setting, level, code, meant } = remark;
  return { setting, level, code, message: wordRemark(remark, t), meant: meant === null ? null : maskValue(meant) };
}

/** What a remark says, without the name of the setting. */
export const wordRemark = ({ code, args }: Remark, t: Translate): string =>
  t.optional(`remark.${code}`, maskedArgs(args)) ?? code;

/** The arguments of a remark are values, also such as no output has masked before: what was meant in their place. */
export function maskedArgs(args: SentenceArgs): SentenceArgs {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'string' && name !== 'message' ? maskValue(value) : value,
    ]),
  );
}
