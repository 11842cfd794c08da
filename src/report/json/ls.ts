import type { Translate } from '../../messages/index.ts';
import { operatorOf, reasonOf } from '../mirror-words.ts';
import type { Listed } from '../table/ls.ts';

/** The fields of `ls --json`, sentences in the language of the run. */
export function lsJson(mirrors: readonly Listed[], t: Translate): object {
  return {
    mirrors: mirrors.map(mirror => ({ ...mirror, operator: operatorOf(mirror, t), reason: reasonOf(mirror, t) })),
  };
}
