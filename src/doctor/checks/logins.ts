import type { Cause } from '../../causes.ts';
import type { MirrorProbe } from '../../probe/result.ts';
import type { Check } from '../check.ts';
import type { DoctorFacts, LoginSlip } from '../facts.ts';
import { type Finding, problem } from '../finding.ts';

/** Logins in netrc that go does not find, of hosts that ask for one. */
export const logins: Check = {
  id: 'logins',
  group: 'mirrors',
  applies: ({ loginSlips }) => loginSlips.length > 0,
  run: facts => facts.loginSlips.flatMap(slip => judge(slip, facts)),
};

function judge(slip: LoginSlip, facts: DoctorFacts): Finding[] {
  const { file, line, kind, host, name } = slip;
  const target = `${file}:${line}`;
  const details = { code: codes[kind], args: { host, name } };
  const refusal = refusalOf(host, facts);
  if (refusal) return [problem('fail', refusal, target, { ...details, about: { explains: true } })];
  return hides(host, facts) ? [problem('warn', null, target, details)] : [];
}

const codes = {
  'byte-order-mark': 'netrc-byte-order-mark',
  'no-password': 'netrc-no-password',
  'no-login': 'netrc-no-login',
  'other-name': 'netrc-other-name',
  'in-macro': 'netrc-in-macro',
  punctuation: 'netrc-punctuation',
} as const;

const refusals = new Set<Cause | null>(['mirror-forbidden-403', 'private-auth-missing']);

/** How a host refused what has no login, or null. */
function refusalOf(host: string, { mirrors, trials }: DoctorFacts): Cause | null {
  const asked = trials.find(
    ({ need, complaint }) => complaint && refusals.has(complaint.cause) && need.path.startsWith(`${host}/`),
  );
  if (asked) return asked.complaint!.cause;
  return mirrors.some(
    probe => probe.status === 'fail' && probe.counts && isAt(host, probe) && refusals.has(probe.cause),
  )
    ? 'mirror-forbidden-403'
    : null;
}

/** Whether it says that there is nothing, as some do to those who have not logged in. */
const hides = (host: string, { mirrors, trials }: DoctorFacts): boolean =>
  mirrors.some(probe => isAt(host, probe) && (probe.cause === hidden || refusals.has(probe.cause))) ||
  trials.some(({ need, complaint }) => complaint?.cause === hidden && need.path.startsWith(`${host}/`));

const hidden: Cause = 'mirror-not-found-404-410';
const isAt = (host: string, { url }: MirrorProbe): boolean => URL.canParse(url) && new URL(url).host === host;
