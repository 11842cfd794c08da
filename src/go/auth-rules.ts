import type { AuthRules } from '../system/network/logins.ts';
import type { Settings } from './settings.ts';
import { minorOf } from './version.ts';

/** How the go of these settings finds logins. */
export function authRulesOf({ go, values }: Settings): AuthRules {
  return { goauth: values.GOAUTH.value, minor: minorOf(go?.version ?? null) };
}
