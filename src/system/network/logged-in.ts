import type { Refused } from './auth-command.ts';
import { type LoginHeaders, refuseInsecureLogin } from './credentials.ts';
import { parseUrl, writeUrl } from './go-url.ts';
import type { Logins } from './logins.ts';
import { follow, type Hop } from './redirect.ts';

interface Asking<T> {
  /** The URL as go writes it, where that differs from `url`'s own form: logins are compared with it. */
  written?: string | undefined;
  signal: AbortSignal;
  ask: (hop: Hop) => Promise<T>;
  /** Lets go of an answer that is not the last. */
  drop?: (answer: T) => void | Promise<void>;
  check?: (url: string, login: LoginHeaders) => Promise<number>;
}

/** Answers to what go would not ask: to HEAD where only GET is known, to a range. */
const ofOurOwn = new Set([405, 416]);

/**
 * Asks for a URL as go does (cmd/go/internal/web/http.go `get`): over https with the login that GOAUTH has, and after an answer of 4xx
 * with what GOAUTH says to it; redirects are followed. Go asks again in any case, here only another login is worth it. Throws a
 * `NetworkFailure`.
 */
export async function askLoggedIn<T extends Refused>(
  logins: Logins,
  url: URL,
  { written, signal, ask, drop, check }: Asking<T>,
): Promise<T> {
  refuseInsecureLogin(url);
  if (url.protocol !== 'https:') return follow(url, {}, ask, drop);
  const name = written ?? writtenAs(url);
  const login = await logins.before(name, signal);
  const answer = await follow(url, login, ask, drop, name);
  if (answer.status < 400 || answer.status >= 500 || ofOurOwn.has(answer.status)) return answer;
  const other = await logins.after(name, answer, login, { signal, ...(check ? { check } : {}) });
  if (!other) return answer;
  await drop?.(answer);
  return follow(url, other, ask, drop, name);
}

function writtenAs(url: URL): string {
  const parsed = parseUrl(url.href);
  return parsed.ok ? writeUrl({ ...parsed.url, fragment: '' }) : url.href;
}
