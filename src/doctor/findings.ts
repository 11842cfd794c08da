import type { SettingName } from '../go/settings.ts';
import { wordsOf } from '../system/network/failure.ts';
import type { SentenceArgs } from '../system/sentence.ts';
import { type Check, groups } from './check.ts';
import { checks as all } from './checks/index.ts';
import type { DoctorFacts } from './facts.ts';
import { crashed, type Finding, type FindingStatus, note } from './finding.ts';
import { withLogin } from './refused-logins.ts';

const weight: Readonly<Record<FindingStatus, number>> = { fail: 0, crash: 1, warn: 2, skip: 3, pass: 4 };

/** Judges the facts: every check, a crash of one contained; then what blocks a pull first, each fault once. */
export function findingsOn(facts: DoctorFacts, checks: readonly Check[] = all): Finding[] {
  const inOrder = [...checks].sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
  const found = inOrder.flatMap(check => {
    try {
      return check.applies(facts) ? check.run(facts) : [];
    } catch (error) {
      return [crashed(check.id, wordsOf(error))];
    }
  });
  const worded = found
    .map(finding => withAuthorities(withLogin(finding, facts), facts))
    .map(finding => ({ ...finding, args: { ...commonArgs(finding, facts), ...finding.args } }));
  const crashes = facts.crashes.map(({ id, words }) => crashed(id, words));
  const findings = withoutConsequences(withoutRepeats([...crashes, ...worded]), facts);
  return withoutSaid(findings).sort(
    (a, b) => weight[a.status] - weight[b.status] || Number(explains(b)) - Number(explains(a)),
  );
}

/** What stops go wherever it goes, and a login that it does not read: what it meets then follows from that. */
const explains = ({ status, target, about }: Finding): boolean =>
  status === 'fail' && (target === 'GOAUTH' || about.explains === true);

/** Where variables name the authorities that go trusts, those are what lacks one (crypto/x509/root_unix.go). */
function withAuthorities(finding: Finding, { env, platform }: DoctorFacts): Finding {
  const named = ['SSL_CERT_FILE', 'SSL_CERT_DIR'].filter(name => env[name]).map(name => `${name}=${env[name]}`);
  const isOpen = finding.code === 'tls-unknown-authority' && platform !== 'darwin' && platform !== 'win32';
  if (!isOpen || named.length === 0) return finding;
  return { ...finding, code: 'authority-not-named', args: { ...finding.args, places: named.join(', ') } };
}

/** What the sentences of several causes name beside their own arguments. */
function commonArgs({ target }: Finding, { settings, network, env }: DoctorFacts): SentenceArgs {
  const proxy = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY'].find(name =>
    env[name]?.includes(target.replace(/:(?:80|443|1080)$/, '')),
  );
  return {
    name: target,
    module: target,
    servers: network.nameservers.map(address => `${address}:53`).join(', ') || '–',
    variable: proxy ?? 'HTTPS_PROXY',
    value: (settings.values[target as SettingName] ?? settings.values.GOPROXY).value,
    gosumdb: settings.values.GOSUMDB.value,
    govcs: settings.values.GOVCS.value,
  };
}

/** What two checks say of the same place and cause is said once, by the one that knows more: the failing, then the earlier. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of findings) {
    const same = kept.findIndex(
      one => one.cause !== null && one.cause === finding.cause && placeOf(one.target) === placeOf(finding.target),
    );
    const known = kept[same];
    if (!known) kept.push(finding);
    else {
      const better = weight[finding.status] < weight[known.status] ? finding : known;
      // Only one of the two may name the port.
      const target = finding.target.length < known.target.length ? finding.target : known.target;
      kept[same] = { ...better, target, reason: known.reason ?? finding.reason };
    }
  }
  return kept;
}

/** One check names the port that a URL means anyway, another leaves it out. */
const placeOf = (target: string): string => target.replace(/:(?:80|443)$/, '');

/** A pattern that keeps a module from nobody is said with that module. */
function withoutSaid(findings: readonly Finding[]): Finding[] {
  const said = ({ remarkOn, args, status }: Finding): boolean =>
    status === 'warn' &&
    args.pattern !== undefined &&
    findings.some(other => other.args.missed === args.pattern && other.args.from === remarkOn);
  return findings.filter(finding => !said(finding));
}

const fromLackOfNetwork = new Set([
  'dns-failure',
  'network-unreachable',
  'connect-timeout',
  'sumdb-unreachable',
  'toolchain-unavailable',
]);

/** Without any network, or without a name server, every place fails: that is one finding, the others follow from it. */
function withoutConsequences(findings: Finding[], facts: DoctorFacts): Finding[] {
  const nameless = noNameServer(facts);
  if (facts.network.online !== false && !nameless) return findings;
  const isPart = ({ cause, status }: Finding): boolean =>
    status === 'fail' &&
    (nameless ? cause === 'dns-failure' || followsFromNames(cause, facts) : fromLackOfNetwork.has(cause ?? ''));
  const cause = nameless ? 'dns-failure' : null;
  const root = findings.find(finding => isPart(finding) && (cause === null || finding.cause === cause));
  if (!root) return findings;
  const code = nameless ? 'no-name-server' : 'no-network';
  return findings.map(finding => {
    if (finding === root) return { ...finding, code };
    return isPart(finding) ? note('skip', 'consequence', finding.target, { root: root.target }) : finding;
  });
}

/** Not one of several names could be looked up. */
function noNameServer({ mirrors, database }: DoctorFacts): boolean {
  const named = mirrors.filter(({ url }) => /^https?:\/\/(?!\[|[\d.]+[:/]|localhost)/.test(`${url}/`));
  const dead = named.every(({ cause }) => cause === 'dns-failure');
  return named.length > 1 && dead && (database === null || database.cause === 'dns-failure');
}

const followsFromNames = (cause: string | null, { database }: DoctorFacts): boolean =>
  cause === 'sumdb-unreachable' && database?.cause === 'dns-failure';
