import type { Reason } from '../../causes.ts';
import type { Speaker } from '../heard.ts';

/** What makes an answer mean a reason. The first rule of its list that applies counts. */
export interface RefusalRule {
  reason: Reason;
  /** In what the server says. */
  says?: RegExp;
  /** Only from these. */
  by?: readonly Speaker[];
  /** In a header, by its name in lower case. */
  header?: readonly [name: string, value: RegExp];
  /** Only with these statuses. */
  status?: readonly number[];
  /** With 404 and 410 these words mean that the name is nobody's who asks without a login, and no failure of the mirror. */
  orAbsent?: true;
  /** Words that mean this only where the status itself says no. */
  weak?: true;
  /** Where the wording stands, and when it was looked up. */
  source: string;
}
