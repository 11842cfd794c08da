import type { Context } from '../../system/context.ts';
import { certificatesAt } from '../../system/network/trust.ts';
import type { DoctorFacts } from '../facts.ts';

/** The variables that take the place of the system's authorities and hold no certificate (crypto/x509/root_unix.go). */
export async function gatherAuthorities({ env, platform }: Context): Promise<DoctorFacts['emptyAuthorities']> {
  if (platform === 'darwin' || platform === 'win32') return [];
  const named = (['SSL_CERT_FILE', 'SSL_CERT_DIR'] as const).filter(name => env[name]);
  const found = await Promise.all(named.map(async name => ({ name, count: await certificatesAt(name, env[name]!) })));
  return found.filter(({ count }) => count === 0).map(({ name }) => ({ variable: name, value: env[name]! }));
}
