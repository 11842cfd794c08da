import type { DoctorFacts, LoginSource } from './facts.ts';
import type { Finding } from './finding.ts';

/** Sentences for a refusal whose server does not say more, by the login that go sends there. */
const codes: Readonly<Record<LoginSource['from'], string>> = {
  url: 'refused-login-of-url',
  netrc: 'refused-login-of-netrc',
  command: 'refused-login-of-command',
  none: 'refused-without-login',
};

const guessing = new Set(['mirror-forbidden-403', 'private-auth-missing']);

/** A key is no login of netrc. */
const ofKeys = /publickey|host key|ssh:/i;

/** The finding with the login that was refused, or the place that has none, where it is of a server that wants another. */
export function withLogin(finding: Finding, { logins }: Pick<DoctorFacts, 'logins'>): Finding {
  if (!guessing.has(finding.code) || ofKeys.test(String(finding.args.words))) return finding;
  const source = logins.find(({ host }) => isOf(host, finding));
  if (!source) return finding;
  const { host, from, place } = source;
  // Git asks its own helpers: GOAUTH is for what go itself fetches.
  if (from === 'command' && / git /.test(String(finding.args.words))) return finding;
  return { ...finding, code: codes[from], args: { ...finding.args, host, place } };
}

function isOf(host: string, { target, about }: Finding): boolean {
  if (about.mirror !== undefined && URL.canParse(about.mirror)) return new URL(about.mirror).host === host;
  return target === host || target === `${host}:443` || (about.origin === true && about.module?.split('/')[0] === host);
}
