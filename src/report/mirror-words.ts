import { inLanguage, type Translate } from '../messages/index.ts';
import type { Mirror } from '../mirrors/mirror.ts';

/** Who runs a mirror, in the language of the run. */
export const operatorOf = ({ operator }: Mirror, t: Translate): string =>
  operator === null ? t('mirrors.own-operator') : inLanguage(operator, t.language);

/** Why a mirror has its status, in the language of the run. */
export const reasonOf = ({ reason }: Mirror, t: Translate): string => inLanguage(reason, t.language);
