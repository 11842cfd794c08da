import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context, homeFolder } from '../context.ts';

interface NetrcLogin {
  machine: string;
  login: string;
  password: string;
}

/** The path that go reads: `$NETRC`, else `~/.netrc`, on Windows `~\_netrc` where it exists (cmd/go/internal/auth/netrc.go). */
export function netrcPath(context: Context): string | null {
  if (context.env.NETRC) return context.env.NETRC;
  const home = homeFolder(context);
  if (!home) return null;
  const legacy = join(home, '_netrc');
  return context.platform === 'win32' && existsSync(legacy) ? legacy : join(home, '.netrc');
}

/** What netrc gives go. */
export interface Netrc {
  logins: readonly NetrcLogin[];
  /** Before Go 1.24 a machine is a host and nothing below it, and wins over a login in the URL. */
  byHost: boolean;
}

/**
 * The logins of the netrc file; none where it is missing or can't be read, or GOAUTH does not name it: a list of commands, `;`
 * between them, of which netrc is one (cmd/go/internal/auth/auth.go). An empty GOAUTH stands for a go that does not know it.
 */
export async function readNetrc(context: Context, goauth: string): Promise<Netrc> {
  const path = netrcPath(context);
  const byHost = goauth === '';
  const isNamed = byHost || goauth.split(';').some(command => /^\s*netrc(?:\s|$)/.test(command));
  return { logins: path && isNamed ? parseNetrc(await readFile(path, 'utf8').catch(() => '')) : [], byHost };
}

/** White space for Go: with U+0085, and without the byte order mark that begins some files. */
const goSpace = /[\t\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** Reads netrc as `parseNetrc` of cmd/go/internal/auth/netrc.go does. */
export function parseNetrc(text: string): NetrcLogin[] {
  const logins: NetrcLogin[] = [];
  let current: NetrcLogin = { machine: '', login: '', password: '' };
  let inMacro = false;
  for (const line of text.split('\n')) {
    if (inMacro) {
      inMacro = line !== '';
      continue;
    }
    const fields = line.split(goSpace).filter(Boolean);
    let index = 0;
    for (; index < fields.length - 1; index += 2) {
      const value = fields[index + 1]!;
      if (fields[index] === 'machine') current = { machine: value, login: '', password: '' };
      else if (fields[index] === 'login') current.login = value;
      else if (fields[index] === 'password') current.password = value;
      else if (fields[index] === 'macdef') inMacro = true;
      if (current.machine && current.login && current.password) {
        logins.push(current);
        current = { machine: '', login: '', password: '' };
      }
    }
    if (fields[index] === 'default') break;
  }
  return logins;
}

/**
 * The login for a place (`host/path`), or null: the longest machine that is the place or a folder above it, and of several that
 * are the same the first (cmd/go/internal/auth/auth.go `loadCredential`). `byHost`: as Go 1.20 to 1.23.
 */
export function netrcLoginFor({ logins, byHost }: Netrc, place: string): NetrcLogin | null {
  if (byHost) return logins.find(({ machine }) => machine === place.split('/')[0]) ?? null;
  for (let prefix = place.replace(/\/$/, ''); ; prefix = prefix.slice(0, prefix.lastIndexOf('/'))) {
    const found = logins.find(({ machine }) => machine.replace(/^https:\/\//, '').replace(/\/$/, '') === prefix);
    if (found) return found;
    if (!prefix.includes('/')) return null;
  }
}

/** Whether GOAUTH has commands that make logins, which only go runs: anything but `netrc` and `off`. */
export const hasLoginCommand = (goauth: string): boolean =>
  goauth.split(';').some(one => !/^\s*(?:netrc|off)?(?:\s|$)/.test(one));

/** The line, from 1, in which the entry of a machine begins; null where there is none. */
export function netrcLine(text: string, machine: string): number | null {
  const lines = text.split('\n');
  const at = lines.findIndex(line =>
    line.split(goSpace).some((word, i, all) => word === machine && all[i - 1] === 'machine'),
  );
  return at < 0 ? null : at + 1;
}

/** An entry that was to hold a login for a host, and that go does not take for one. */
export interface NetrcSlip {
  /** From 1. */
  line: number;
  kind: 'byte-order-mark' | 'no-password' | 'no-login' | 'other-name' | 'in-macro' | 'punctuation';
  /** The machine as it is written. */
  name: string;
}

/** What keeps go from finding a login for `host` (`name[:port]`) that the file seems to hold; null where it finds one, or there is none. */
export function netrcSlip(text: string, host: string): NetrcSlip | null {
  if (netrcLoginFor({ logins: parseNetrc(text), byHost: false }, host)) return null;
  const bare = (name: string): string =>
    name
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, '')
      .replace(/^[^@/]*@/, '')
      .replace(/[:/].*$/, '');
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const [, mark = '', colon = '', name = ''] = /^[ \t]*(\uFEFF?)[ \t]*machine(:?)[ \t]+([^\s,]+)/i.exec(line) ?? [];
    if (name === '' || bare(name) !== bare(host)) continue;
    const rest = lines
      .slice(index)
      .join('\n')
      .replace(/^[^\n]*?machine:?/i, '');
    const entry = rest.slice(0, Math.max(0, rest.search(/\bmachine\b|$(?![\s\S])/)));
    const kind = kindOf();
    if (kind) return { line: index + 1, kind, name };

    function kindOf(): NetrcSlip['kind'] | null {
      if (mark !== '') return 'byte-order-mark';
      if (colon !== '' || /\b(?:login|password):/i.test(entry)) return 'punctuation';
      if (!/\bpassword\s+\S/.test(entry)) return 'no-password';
      if (!/\blogin\s+\S/.test(entry)) return 'no-login';
      if (name !== host) return 'other-name';
      const before = lines.slice(0, index);
      const macro = before.findLastIndex(one => /^\s*macdef\b/.test(one));
      return macro >= 0 && !before.slice(macro).includes('') ? 'in-macro' : null;
    }
  }
  return null;
}
