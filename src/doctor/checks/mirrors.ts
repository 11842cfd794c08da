import { authRulesOf } from '../../go/auth-rules.ts';
import { hasOwnAddress } from '../../go/gosumdb.ts';
import type { MirrorProbe } from '../../probe/result.ts';
import { hasLoginCommand } from '../../system/network/logins.ts';
import { withPort } from '../authority.ts';
import type { Check } from '../check.ts';
import type { DoctorFacts } from '../facts.ts';
import { type Finding, mismatches, note, problem } from '../finding.ts';
import { fetchesThroughProxy, proxiedNeeds, pullWorks } from '../needs.ts';

/** Each mirror in effect or named: whether it serves what go needs of it. */
export const mirrors: Check = {
  id: 'mirrors',
  group: 'mirrors',
  applies: ({ mirrors: probes }) => probes.some(({ counts }) => counts),
  run: facts => facts.mirrors.filter(({ counts }) => counts).map(mirror => judge(mirror, facts)),
};

/** Bits that are not those of the checksum database are a fault even where go falls past them. */
const unsafe = new Set<MirrorProbe['cause']>([...mismatches, 'sumdb-bad-response']);

function judge(mirror: MirrorProbe, facts: DoctorFacts): Finding {
  const { name, cause, detail, url } = mirror;
  const target = withPort(mirror.target, url);
  const args = { name };
  const about = { mirror: url };
  if (mirror.status === 'ok' || cause === null) {
    if (!mirror.freshness?.behind) return note('pass', 'mirror-serves', target, args);
    const behind = { ...args, behind: mirror.freshness.behind };
    return problem('warn', null, target, { code: 'mirror-behind', args: behind, about });
  }
  if (cause === 'mirror-forbidden-403' && isOnlyOurs(mirror, facts)) {
    return note('skip', 'mirror-refuses-us', target, { ...args, words: detail });
  }
  // Another way to the checksum database may be open: that is judged there.
  const bypassed = hasOwnAddress(facts.gosumdb);
  if (cause === 'sumdb-unreachable' || (cause === 'sumdb-bad-response' && bypassed))
    return note('pass', 'mirror-without-database', target, args);
  const named = facts.named.has(name);
  const needed = fetchesThroughProxy(facts) && (!pullWorks(facts) || failsOnNeeded(mirror, facts));
  const asked = needed && !passedOver(mirror, facts);
  const blocks = named || unsafe.has(cause) || (asked && !onlyRefusesStrangers(mirror, facts));
  const status = mirror.status === 'fail' && blocks ? 'fail' : 'warn';
  return problem(status, cause, target, { reason: mirror.reason, args, about, detail });
}

/**
 * It refuses go-mirror and not go: it goes by the program that asks, or the login is one that a command of GOAUTH makes. Where go asked
 * it in this run go's own words count; where it did not, and only go has the login, nobody knows.
 */
function isOnlyOurs({ url, counts }: MirrorProbe, { trials, settings }: DoctorFacts): boolean {
  if (!counts) return false;
  const base = `${url.replace(/\/+$/, '')}/`.replace(/^(https?:\/\/)[^/]*@/, '$1');
  const answers = trials.flatMap(({ requests }) =>
    [...requests].flatMap(([asked, answer]) =>
      answer && asked.replace(/^(https?:\/\/)[^/]*@/, '$1').startsWith(base) ? answer : [],
    ),
  );
  const isRefusing = answers.some(answer => /^40[137]\b/.test(answer));
  return answers.length > 0 ? !isRefusing : trials.length === 0 && hasLoginCommand(authRulesOf(settings));
}

/** Its small files come, a zip does not: the real trial is of small ones, and a project that needs nothing yet will need it next. */
const failsOnNeeded = ({ failedZip }: MirrorProbe, { needs, trials }: DoctorFacts): boolean =>
  failedZip !== undefined &&
  !trials.some(
    ({ need, outcome }) => outcome === 'ok' && need.path === failedZip.path && need.version === failedZip.version,
  ) &&
  needs.some(
    ({ from, cached, path, version }) =>
      from === 'reference' || (!cached && path === failedZip.path && version === failedZip.version),
  );

const isRefusal = (cause: MirrorProbe['cause']): boolean =>
  cause === 'mirror-not-found-404-410' || cause === 'mirror-forbidden-403';

/** What no pipe passes: go waits, or takes the answer for one (cmd/go/internal/modfetch/proxy.go). */
const holdsUp = new Set<MirrorProbe['cause']>([
  'stalled',
  // It passes, after the half minute that each file waits for a connection (net/http, `DefaultTransport`).
  'connect-timeout',
  'captive-or-html-response',
  'truncated-download',
  ...mismatches,
]);

/** Whether go never asks it, as one before it serves, or goes on to one behind it that is the one to judge. */
function passedOver(mirror: MirrorProbe, { goproxy, mirrors: probes }: DoctorFacts): boolean {
  const entries = goproxy.ok ? goproxy.entries.filter(({ kind }) => kind === 'proxy') : [];
  const at = entries.findIndex(({ url }) => url === mirror.url);
  const probeOf = (url: string | null) => probes.find(probe => probe.counts && probe.url === url);
  if (at < 0) return false;
  const serves = (probe: MirrorProbe | undefined): boolean =>
    probe?.status !== 'fail' && probe?.cause !== 'mirror-not-found-404-410';
  if (entries.slice(0, at).some(({ url }) => serves(probeOf(url)))) return true;
  const after = entries.slice(at + 1).map(({ url }) => probeOf(url));
  const notFound = mirror.cause === 'mirror-not-found-404-410';
  if (notFound) return after.some(next => next && next.cause !== 'mirror-not-found-404-410');
  return (
    entries[at]!.fallsBackOn === 'any-error' &&
    !holdsUp.has(mirror.cause) &&
    after.some(next => next?.status !== 'fail')
  );
}

/** It refused a public module, and the project needs none: of one's own it was not asked. */
const onlyRefusesStrangers = ({ cause }: MirrorProbe, facts: DoctorFacts): boolean =>
  isRefusal(cause) && facts.trials.length === 0 && proxiedNeeds(facts).every(need => need.looksPrivate);
