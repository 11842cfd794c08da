import { authRulesOf } from '../../go/auth-rules.ts';
import type { Context } from '../../system/context.ts';
import { hasLoginCommand, readsNetrc } from '../../system/network/logins.ts';
import { netrcLine, netrcPath, netrcSlip, parseNetrc, prefixOf } from '../../system/network/netrc.ts';
import { readText } from '../../system/regular-file.ts';
import type { DoctorFacts, LoginSource } from '../facts.ts';

export type Logins = Pick<DoctorFacts, 'loginSlips' | 'logins'>;

/**
 * The logins that go has for the mirrors and origins that it asks, and entries of netrc that were to hold one and that it does not take
 * for one.
 */
export async function gatherLogins(
  context: Context,
  { needs, settings, goproxy }: Pick<DoctorFacts, 'needs' | 'settings' | 'goproxy'>,
): Promise<Logins> {
  const rules = authRulesOf(settings);
  const file = readsNetrc(rules) ? netrcPath(context) : null;
  const text = (file && (await readText(file))) || '';
  const urls = goproxy.ok ? goproxy.entries.flatMap(({ url }) => url ?? []) : [];
  const mirrors = urls.flatMap(url => (/^https:/i.test(url) && URL.canParse(url) ? new URL(url) : []));
  const origins = needs.filter(({ direct }) => direct !== null).map(({ path }) => path.split('/')[0]!);
  const hosts = [...new Set([...mirrors.map(({ host }) => host), ...origins])];
  const loginSlips = hosts.flatMap(host => {
    const slip = file && netrcSlip(text, host);
    return file && slip ? [{ ...slip, host, file }] : [];
  });
  const withLogin = mirrors.filter(({ username, password }) => username || password).map(({ host }) => host);
  return { loginSlips, logins: hosts.flatMap(sourceOf) };

  function sourceOf(host: string): LoginSource[] {
    if (withLogin.includes(host)) return [{ host, from: 'url', place: 'GOPROXY' }];
    const login = parseNetrc(text).find(({ machine }) => prefixOf(machine) === host);
    if (login) return [{ host, from: 'netrc', place: `${file}:${netrcLine(text, login.machine) ?? 1}` }];
    if (hasLoginCommand(rules)) return [{ host, from: 'command', place: rules.goauth }];
    return file ? [{ host, from: 'none', place: file }] : [];
  }
}
