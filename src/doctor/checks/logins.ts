import type { Cause } from '../../causes.ts';
import type { Check } from '../check.ts';
import type { DoctorFacts, LoginSlip } from '../facts.ts';
import { problem } from '../finding.ts';

/** Logins in netrc that go does not find, of hosts that ask for one. */
export const logins: Check = {
  id: 'logins',
  group: 'mirrors',
  applies: ({ loginSlips }) => loginSlips.length > 0,
  run: facts =>
    facts.loginSlips
      .filter(slip => asksForLogin(slip, facts))
      .map(({ file, line, kind, host, name }) =>
        problem('warn', null, `${file}:${line}`, { code: codes[kind], args: { host, name } }),
      ),
};

const codes = {
  'byte-order-mark': 'netrc-byte-order-mark',
  'no-password': 'netrc-no-password',
  'no-login': 'netrc-no-login',
  'other-name': 'netrc-other-name',
  'in-macro': 'netrc-in-macro',
  punctuation: 'netrc-punctuation',
} as const;

const refusals = new Set<Cause | null>(['mirror-forbidden-403', 'private-auth-missing', 'mirror-not-found-404-410']);

function asksForLogin({ host }: LoginSlip, { mirrors, trials }: DoctorFacts): boolean {
  const isRefused = mirrors.some(
    ({ url, cause }) => refusals.has(cause) && URL.canParse(url) && new URL(url).host === host,
  );
  return (
    isRefused ||
    trials.some(({ need, complaint }) => complaint && refusals.has(complaint.cause) && need.path.startsWith(`${host}/`))
  );
}
