import { type Finding, identityOf } from '../finding.ts';
import type { ChosenFix } from './choose.ts';
import type { FixPlan } from './plan.ts';

/**
 * Whether a fix stays, by what the check afterwards says. One that was chosen by trying has to cure all that it is for and bring
 * nothing new. Repairs are right by themselves: they stay unless something fails that did not before and nothing of what they are for
 * is gone (where it is, the one fault only hid the other).
 */
export function staysAfter(
  { wanted, tried }: Pick<ChosenFix, 'wanted' | 'tried'>,
  { repaired, cured }: Pick<FixPlan, 'repaired' | 'cured'>,
  before: readonly Finding[],
  after: readonly Finding[],
): boolean {
  if (wanted.size === 0) return true;
  const failed = failing(before);
  const fails = failing(after);
  const isNew = [...fails].some(one => !failed.has(one));
  const meant = [...failing(tried ? [...repaired, ...cured] : repaired)];
  if (tried && !isNew) return meant.every(one => !fails.has(one));
  return !tried && (!isNew || meant.some(one => !fails.has(one)));
}

/** Damage of the module cache has nothing to do with settings. */
const failing = (findings: readonly Finding[]): Set<string> =>
  new Set(findings.filter(({ status, cause }) => status === 'fail' && cause !== 'modcache-corrupt').map(identityOf));
