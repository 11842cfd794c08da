import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context, homeFolder } from '../context.ts';

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

/** The logins of the netrc file; none where it is missing or cannot be read. */
export async function readNetrc(context: Context): Promise<NetrcLogin[]> {
  const path = netrcPath(context);
  return path ? parseNetrc(await readFile(path, 'utf8').catch(() => '')) : [];
}

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
    const fields = line.split(/\s+/).filter(Boolean);
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
 * The `Authorization` header for an https URL, or null. A machine is matched with its port where that is not the default,
 * and as a prefix of the path (cmd/go/internal/auth/auth.go `loadCredential`, go 1.20 and later).
 */
export function netrcAuthorization(logins: readonly NetrcLogin[], url: URL): string | null {
  if (url.protocol !== 'https:') return null;
  for (let prefix = `${url.host}${url.pathname}`.replace(/\/$/, ''); prefix; prefix = parent(prefix)) {
    const found = logins.find(login => login.machine.replace(/^https:\/\//, '').replace(/\/$/, '') === prefix);
    if (found) return basic(found.login, found.password);
  }
  return null;
}

function parent(prefix: string): string {
  return prefix.slice(0, Math.max(0, prefix.lastIndexOf('/')));
}

/** The value of an `Authorization` header of the Basic kind. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
