import type { Remark } from '../go/judge-settings.ts';
import type { Translate } from '../messages/index.ts';

/** A remark as it stands in JSON. */
export function remarkJson(remark: Remark, t: Translate): object {
  const { setting, level, code, meant } = remark;
  return { setting, level, code, message: wordRemark(remark, t), meant };
}

/** What a remark says, without the name of the setting. */
export const wordRemark = ({ code, args }: Remark, t: Translate): string => t.optional(`remark.${code}`, args) ?? code;
