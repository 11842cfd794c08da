import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { isAbsolute } from 'node:path';
import type { Context } from '../context.ts';
import { splitFields, trimSpace } from '../go-text.ts';
import { rememberSecret } from '../secrets.ts';
import { askCommand, askGit, type Credential, type Refused, tellGit } from './auth-command.ts';
import { basic, type LoginHeaders } from './credentials.ts';
import { orAborted } from './deadline.ts';
import { NetworkFailure } from './failure.ts';
import { type NetrcLogin, prefixOf, readNetrc } from './netrc.ts';
import { openTurns } from './turns.ts';

/** How go finds logins: by which commands, and by the rules of which release. */
export interface AuthRules {
  /** The value of GOAUTH. */
  goauth: string;
  /** Minor release of the go whose rules hold; null: a current one. */
  minor: number | null;
}

/** The logins that go adds to requests over https, by GOAUTH or, before Go 1.24, by netrc alone. */
export interface Logins {
  /** What the first request to a URL carries; `url` as Go writes it (`URL.String`). Throws a `NetworkFailure` for a GOAUTH that go refuses. */
  before(url: string, signal: AbortSignal): Promise<LoginHeaders>;
  /**
   * What a second request is to carry after an answer of 4xx to the first, which carried `had`; null where go has nothing else to offer.
   * `check` asks for a URL with HEAD, so that git's helpers hear whether what they gave is right; without it they hear nothing.
   */
  after(url: string, refused: Refused, had: LoginHeaders, options: AfterOptions): Promise<LoginHeaders | null>;
}

interface AfterOptions {
  signal: AbortSignal;
  check?: (url: string, login: LoginHeaders) => Promise<number>;
}

/** Prepares the logins of a run; `lifetime` ends the commands that are under way. Nothing is read or started before the first request. */
export function openLogins(context: Context, { goauth, minor }: AuthRules, lifetime: AbortSignal): Logins {
  const isOld = minor !== null && minor < 24;
  return isOld ? netrcByHost(context, minor) : byGoauth(context, goauth || 'netrc', lifetime);
}

/** Whether a value of GOAUTH lets go read netrc. */
export function readsNetrc({ goauth, minor }: AuthRules): boolean {
  return (minor !== null && minor < 24) || goauth.split(';').some(command => splitFields(command)[0] === 'netrc');
}

/** Whether it has commands that make logins, besides what stands in netrc. */
export function hasLoginCommand({ goauth, minor }: AuthRules): boolean {
  return (minor === null || minor >= 24) && goauth.split(';').some(isCommand);
}

const isCommand = (text: string): boolean => !/^(?:netrc|off)?$/.test(splitFields(text)[0] ?? '');
/** What go says of a GOAUTH with which it sends nothing over https, or null. */
export async function goauthFault({ goauth, minor }: AuthRules): Promise<string | null> {
  if (goauth === 'off' || (minor !== null && minor < 24)) return null;
  const commands = goauth.split(';').map(splitFields).reverse();
  for (const words of commands) {
    if (words.length === 0) return `GOAUTH encountered an empty command (GOAUTH=${goauth})`;
    if (words[0] === 'off' && commands.length > 1)
      return `GOAUTH=off cannot be combined with other authentication commands (GOAUTH=${goauth})`;
    const fault = words[0] === 'git' ? await gitFault(words) : null;
    if (fault) return fault;
  }
  return null;
}

async function gitFault([, folder = '', ...more]: readonly string[]): Promise<string | null> {
  const words = 'GOAUTH=git dir method requires an absolute path to the git working directory';
  if (folder === '' || more.length > 0) return words;
  if (!isAbsolute(folder)) return `${words}, dir is not absolute`;
  const found = await stat(folder).catch(() => null);
  if (!found) return `GOAUTH=git encountered an error; cannot stat ${folder}`;
  return found.isDirectory() ? null : `${words}, dir is not a directory`;
}

const none: LoginHeaders = {};

/** Before Go 1.24 the first machine that is the host counts, its port with it, before 1.20 without; it wins over a login in the URL. */
function netrcByHost(context: Context, minor: number): Logins {
  let read: Promise<NetrcLogin[]> | null = null;
  return {
    async before(url) {
      read ??= readNetrc(context);
      const authority = authorityIn(url).replace(/^.*@/, '').replace(/:$/, '');
      const host = minor < 20 ? authority.replace(/:\d+$/, '').replace(/^\[|\]$/g, '') : authority;
      const login = (await read).find(({ machine }) => machine === host);
      return login ? remembered(headersOf(login)) : none;
    },
    after: async () => null,
  };
}

/** cmd/go/internal/auth/auth.go. */
function byGoauth(context: Context, goauth: string, lifetime: AbortSignal): Logins {
  const commands = goauth.split(';').map(trimSpace).reverse();
  const asks = commands.some(isCommand);
  const place: Context = { ...context, signal: lifetime };
  const known = new Map<string, LoginHeaders>();
  /** What git gave and was told about. */
  const told = new Set<string>();
  // As many at a time as go has workers: each may be a program that takes a second of a processor.
  const turns = openTurns(availableParallelism());
  let netrc: Promise<NetrcLogin[]> | null = null;
  let first: Promise<void> | null = null;

  const store = ([prefix, headers]: Credential): void => {
    if (Object.keys(headers).length === 0) known.delete(prefixOf(prefix));
    else known.set(prefixOf(prefix), remembered(headers));
  };
  const storeNetrc = async (): Promise<void> => {
    netrc ??= readNetrc(context);
    // Of several for one machine the first is to stay.
    for (const login of [...(await netrc)].reverse()) store([login.machine, headersOf(login)]);
  };
  /** `runGoAuth`: from the last command to the first, whose word counts most. */
  const run = async (asked: { url: string; refused: Refused; check: AfterOptions['check'] } | null): Promise<void> => {
    for (const command of commands) {
      const [name, folder = ''] = splitFields(command);
      if (name === 'off') continue;
      if (name === 'netrc') await storeNetrc();
      else if (name === 'git') {
        const found = asked && (await askGit(place, folder, asked.url));
        if (!found) continue;
        store(found.credential);
        if (asked.check && !told.has(found.said)) void tell(found, asked.check);
      } else for (const credential of (await askCommand(place, command, asked)) ?? []) store(credential);
    }
  };
  const tell = async (
    { credential: [prefix, headers], said }: { credential: Credential; said: string },
    check: NonNullable<AfterOptions['check']>,
  ): Promise<void> => {
    told.add(said);
    const status = await check(prefix, headers).catch(() => 0);
    if (status === 200 || status === 401) await tellGit(place, said, status === 200);
  };
  const find = (url: string): LoginHeaders => {
    const whole = url.replace(/^https:\/\//, '').replace(/\/$/, '');
    for (let prefix = whole; ; prefix = prefix.slice(0, prefix.lastIndexOf('/'))) {
      const found = known.get(prefix);
      if (found) return found;
      if (!prefix.includes('/')) return none;
    }
  };
  const aborted = (): Error => new Error('aborted');
  return {
    async before(url, signal) {
      if (goauth === 'off') return none;
      first ??= goauthFault({ goauth, minor: null }).then(words => {
        if (words) throw new NetworkFailure('http', 'private-auth-missing', 'GOAUTH', words);
        return run(null);
      });
      await orAborted(first, signal, aborted);
      return find(url);
    },
    async after(url, refused, had, { signal, check }) {
      if (goauth === 'off' || !asks) return null;
      const leave = await turns.enter(signal);
      // While it waited another request may have learnt what this one lacks.
      const work = isSame(find(url), had) ? run({ url, refused, check }) : Promise.resolve();
      work.then(leave, leave);
      await orAborted(work, signal, aborted);
      const found = find(url);
      return isSame(found, had) ? null : found;
    },
  };
}

function headersOf({ login, password }: NetrcLogin): LoginHeaders {
  return { authorization: basic({ user: Buffer.from(login, 'latin1'), password: Buffer.from(password, 'latin1') }) };
}

/** What logs in is shown nowhere, whoever quotes it. */
function remembered(headers: LoginHeaders): LoginHeaders {
  for (const value of Object.values(headers).flat()) {
    const [, encoded] = /^Basic (\S+)$/.exec(value) ?? [];
    const login = encoded ? Buffer.from(encoded, 'base64').toString('utf8') : '';
    for (const secret of [login.slice(login.indexOf(':') + 1), ...value.split(' ').slice(-1)]) rememberSecret(secret);
  }
  return headers;
}

const isSame = (one: LoginHeaders, other: LoginHeaders): boolean => JSON.stringify(one) === JSON.stringify(other);

const authorityIn = (url: string): string => /^https:\/\/([^/?#]*)/.exec(url)?.[1] ?? '';
