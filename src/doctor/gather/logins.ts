import { authRulesOf } from '../../go/auth-rules.ts';
import type { Context } from '../../system/context.ts';
import { readsNetrc } from '../../system/network/logins.ts';
import { netrcPath, netrcSlip } from '../../system/network/netrc.ts';
import { readText } from '../../system/regular-file.ts';
import type { DoctorFacts, LoginSlip } from '../facts.ts';

/** Entries of netrc that were to hold a login for a mirror or an origin that go asks, and that it does not take for one. */
export async function gatherLogins(
  context: Context,
  { needs, settings, goproxy }: Pick<DoctorFacts, 'needs' | 'settings' | 'goproxy'>,
): Promise<LoginSlip[]> {
  const file = netrcPath(context);
  const text = file === null ? null : await readText(file);
  if (file === null || text === null) return [];
  const urls = goproxy.ok ? goproxy.entries.flatMap(({ url }) => url ?? []) : [];
  const mirrors = urls.flatMap(url => (/^https:/i.test(url) && URL.canParse(url) ? new URL(url).host : []));
  const origins = needs.filter(({ direct }) => direct !== null).map(({ path }) => path.split('/')[0]!);
  if (!readsNetrc(authRulesOf(settings))) return [];
  return [...new Set([...mirrors, ...origins])].flatMap(host => {
    const slip = netrcSlip(text, host);
    return slip ? [{ ...slip, host, file }] : [];
  });
}
