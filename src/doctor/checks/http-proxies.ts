import { looksPrivate } from '../../go/private-names.ts';
import { isOpen } from '../../mirrors/gatekeepers.ts';
import type { MirrorProbe } from '../../probe/result.ts';
import { isMisread, noProxyMeant, proxyFor, proxyVariables } from '../../system/network/proxy-env.ts';
import type { SentenceArgs } from '../../system/sentence.ts';
import type { Check } from '../check.ts';
import type { DoctorFacts } from '../facts.ts';
import { type Finding, problem } from '../finding.ts';
import { pullWorks } from '../needs.ts';

/** What a mirror that only an HTTP proxy reaches looks like without it. */
const outOfReach = new Set<MirrorProbe['cause']>([
  'dns-failure',
  'connect-timeout',
  'connection-refused',
  'network-unreachable',
  'http-proxy-misconfigured',
]);

/** Variables that name an HTTP proxy and that go does not take for a mirror which is out of reach without one. */
export const httpProxies: Check = {
  id: 'http-proxies',
  group: 'network',
  applies: ({ mirrors, env }) =>
    variables.some(name => env[name]) && mirrors.some(({ counts, cause }) => counts && outOfReach.has(cause)),
  run: facts =>
    facts.mirrors
      .filter(({ counts, cause }) => counts && outOfReach.has(cause))
      .flatMap(mirror => judge(mirror, facts))
      .slice(0, 1),
};

const variables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

function judge({ url: address, cause }: MirrorProbe, facts: DoctorFacts): Finding[] {
  const { env, known } = facts;
  if (!URL.canParse(address)) return [];
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return [];
  const misread = proxyVariables(url).find(name => env[name] && isMisread(env[name]));
  if (misread) return [said(misread, { code: 'http-proxy-misread' })];
  const taken = proxyFor(env, url);
  const exempting = env.NO_PROXY ? 'NO_PROXY' : 'no_proxy';
  const value = env[exempting] ?? '';
  if (taken) {
    const isSlip = !proxyFor({ ...env, NO_PROXY: noProxyMeant(value), no_proxy: '' }, url);
    const args = { host: url.host, value, variable: taken.variable };
    return isSlip ? [said(exempting, { code: 'no-proxy-slip', args })] : [];
  }
  if (cause === 'http-proxy-misconfigured') return [];
  const passed = proxyFor({ ...env, NO_PROXY: '', no_proxy: '' }, url);
  // Whether a host of one's own was to be left out nobody can tell, unless its name is known only beyond the proxy.
  const isMeant = isOpen(known, address) || (cause === 'dns-failure' && !looksPrivate(url.host));
  const status = isMeant && !pullWorks(facts) ? 'fail' : 'warn';
  if (passed) {
    const args = { host: url.host, value, variable: passed.variable };
    return [problem(status, 'http-proxy-misconfigured', exempting, { code: 'no-proxy-exempts', args })];
  }
  const unread = variables.find(name => env[name])!;
  const [wanted = ''] = proxyVariables(url);
  const args = { host: url.host, wanted };
  return [problem(status, 'http-proxy-misconfigured', unread, { code: 'http-proxy-unread', args })];

  /** What go does for this host is not what was meant: what it meets then follows from that. */
  function said(variable: string, details: { code: string; args?: SentenceArgs }): Finding {
    const level = pullWorks(facts) ? 'warn' : 'fail';
    return problem(level, 'http-proxy-misconfigured', variable, { ...details, about: { explains: true } });
  }
}
