import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Context, homeFolder } from '../context.ts';
import { splitFields } from '../go-text.ts';

/** An entry of netrc, each part as bytes, one a character. */
export interface NetrcLogin {
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

/** The logins of the netrc file; none where it is missing or can't be read. */
export async function readNetrc(context: Context): Promise<NetrcLogin[]> {
  const path = netrcPath(context);
  const file = path && (await readFile(resolve(context.cwd, path)).catch(() => null));
  return file ? parseNetrc(file) : [];
}

/** Reads netrc as `parseNetrc` of cmd/go/internal/auth/netrc.go does. */
export function parseNetrc(file: Buffer | string): NetrcLogin[] {
  const bytes = Buffer.from(file);
  const logins: NetrcLogin[] = [];
  let current: NetrcLogin = { machine: '', login: '', password: '' };
  let inMacro = false;
  for (const line of bytes.toString('latin1').split('\n')) {
    if (inMacro) {
      inMacro = line !== '';
      continue;
    }
    const fields = fieldsOf(line);
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

/** The words of a line of bytes. What is no UTF-8 (a password of an older system) has no white space but that of ASCII. */
function fieldsOf(line: string): string[] {
  const bytes = Buffer.from(line, 'latin1');
  if (!isUtf8(bytes)) return line.split(/[\t\v\f\r ]+/).filter(Boolean);
  return splitFields(bytes.toString('utf8')).map(word => Buffer.from(word, 'utf8').toString('latin1'));
}

/** How a machine, or a URL that a command of GOAUTH names, is compared with URLs (cmd/go/internal/auth/auth.go `storeCredential`). */
export function prefixOf(machine: string): string {
  return machine.replace(/^https:\/\//, '').replace(/\/$/, '');
}

/** The line, from 1, in which the entry of a machine begins; null where there is none. */
export function netrcLine(text: string, machine: string): number | null {
  const lines = text.split('\n');
  const at = lines.findIndex(line =>
    fieldsOf(line).some((word, i, all) => word === machine && all[i - 1] === 'machine'),
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
  if (parseNetrc(text).some(({ machine }) => prefixOf(machine) === host)) return null;
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
