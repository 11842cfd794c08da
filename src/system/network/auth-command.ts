import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { STATUS_CODES } from 'node:http';
import { isAbsolute, resolve } from 'node:path';
import { type Context, variable } from '../context.ts';
import { trimSpace } from '../go-text.ts';
import { askProcess } from '../process.ts';
import { basic, type LoginHeaders } from './credentials.ts';
import { parseRequestUri, writeUrl } from './go-url.ts';
import type { Incoming } from './incoming.ts';
import { escaped } from './url-escape.ts';

/** A prefix of URLs as GOAUTH has it, and the headers for what begins with it; empty headers take those away that were there. */
export type Credential = readonly [prefix: string, headers: LoginHeaders];

/** What is shown to a command of GOAUTH of the answer that refused a request. */
export type Refused = Pick<Incoming, 'status' | 'statusText' | 'headers' | 'protocol'>;

/** No command is waited for longer, milliseconds: one may ask a person to log in. */
const patienceMs = 120_000;

/**
 * The credentials that a command of GOAUTH prints, or null where it fails (cmd/go/internal/auth/userauth.go `runAuthCommand`). `url` and
 * `refused`: what it is asked for after a refusal.
 */
export async function askCommand(
  place: Context,
  command: string,
  asked: { url: string; refused: Refused } | null,
): Promise<Credential[] | null> {
  const words = splitQuoted(command);
  const file = words && (await lookUp(place, words[0]!));
  if (!file) return null;
  const args = [...words.slice(1), ...(asked ? [asked.url] : [])];
  const input = asked ? answerText(asked.refused) : '';
  const ended = await askProcess(place, file, args, { input, timeoutMs: patienceMs });
  return ended.exitCode === 0 ? parseCredentials(ended.stdout) : null;
}

/** What git's credential helpers know for a URL, or null (cmd/go/internal/auth/gitauth.go `runGitAuth`); `said` is git's own answer. */
export async function askGit(
  place: Context,
  folder: string,
  url: string,
): Promise<{ credential: Credential; said: string } | null> {
  const said = await runGit(place, 'fill', folder, `url=${url}\n`);
  if (said === null) return null;
  const { prefix, user, password } = parseGitCredential(said);
  if (prefix === '' || !url.startsWith(prefix)) return null;
  const authorization = basic({ user: Buffer.from(user), password: Buffer.from(password) });
  return { credential: [prefix, { authorization }], said };
}

/** Tells git's helpers whether what they said was right, so that they keep it or forget it. */
export async function tellGit(place: Context, said: string, isRight: boolean): Promise<void> {
  await runGit(place, isRight ? 'approve' : 'reject', place.cwd, said);
}

async function runGit(place: Context, action: string, cwd: string, input: string): Promise<string | null> {
  const file = await lookUp(place, 'git');
  if (!file) return null;
  const ended = await askProcess(place, file, ['credential', action], { input, cwd, timeoutMs: patienceMs });
  return ended.exitCode === 0 ? ended.stdout : null;
}

/** As `quoted.Split` (cmd/internal/quoted): words, of which quotes around one keep the blanks. Null for a quote that nothing ends. */
export function splitQuoted(command: string): string[] | null {
  const words: string[] = [];
  for (let rest = command.replace(blanks, ''); rest !== ''; rest = rest.replace(blanks, '')) {
    const quote = rest[0] === '"' || rest[0] === "'" ? rest[0] : null;
    const end = quote ? rest.indexOf(quote, 1) : rest.search(/[ \t\n\r]|$(?![\s\S])/);
    if (end < 0) return null;
    words.push(rest.slice(quote ? 1 : 0, end));
    rest = rest.slice(quote ? end + 1 : end);
  }
  return words;
}

const blanks = /^[ \t\n\r]+/;

/** Reads what a command prints: URLs, an empty line, headers, an empty line, and so on (`parseUserAuth`); null for what go refuses. */
export function parseCredentials(text: string): Credential[] | null {
  const found = new Map<string, LoginHeaders>();
  const lines = text.split('\n');
  // What follows the last line feed is no line; without an empty line before it a block is cut off.
  const last = lines.pop();
  if (last !== '') return null;
  for (let at = 0; at < lines.length; ) {
    const urls = block(lines, at);
    const heads = urls && block(lines, at + urls.length + 1);
    if (!urls || !heads) return null;
    at += urls.length + heads.length + 2;
    const prefixes = urls.map(line => parseRequestUri(line));
    const headers = headersOf(heads);
    if (!headers) return null;
    for (const prefix of prefixes) {
      if (!prefix) return null;
      found.set(writeUrl(prefix).replace(/^https:\/\//, ''), headers);
    }
  }
  return [...found];
}

/** The lines up to the next empty one; null where there is none. */
function block(lines: readonly string[], from: number): string[] | null {
  const end = lines.indexOf('', from);
  return end < 0 ? null : lines.slice(from, end);
}

function headersOf(lines: readonly string[]): LoginHeaders | null {
  const headers: Record<string, string | string[]> = {};
  for (const line of lines) {
    const [, name, rest] = /^([^:]*(?:(?!: ):[^:]*)*): ([\s\S]*)$/.exec(line) ?? [];
    const value = trimSpace(rest ?? '');
    if (name === undefined || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name) || /[\0-\x08\n-\x1f\x7f]/.test(value))
      return null;
    const key = name.toLowerCase();
    const bytes = Buffer.from(value, 'utf8').toString('latin1');
    headers[key] = key in headers ? [headers[key]!, bytes].flat() : bytes;
  }
  return headers;
}

/** Reads what `git credential fill` prints (`parseGitAuth`). */
export function parseGitCredential(text: string): { prefix: string; user: string; password: string } {
  let [scheme, userInfo, host, path, query] = ['', null as string | null, '', '', null as string | null];
  let [user, password, opaque] = ['', '', ''];
  for (const line of text.split('\n')) {
    const trimmed = trimSpace(line);
    const equals = trimmed.indexOf('=');
    if (equals < 0) continue;
    const value = trimmed.slice(equals + 1);
    switch (trimmed.slice(0, equals)) {
      case 'protocol':
        scheme = value;
        break;
      case 'host':
        host = asWritten(value, 'host');
        break;
      case 'path':
        path = asWritten(value, 'path');
        break;
      case 'username':
        user = value;
        break;
      case 'password':
        password = value;
        break;
      case 'url': {
        const url = parseRequestUri(value);
        if (url) ({ scheme, userInfo, host, path, query, opaque } = url);
      }
    }
  }
  const rooted = path !== '' && !path.startsWith('/') && host !== '' ? `/${path}` : path;
  const url = { scheme, opaque, userInfo, host, path: rooted, query, fragment: '', omitHost: false };
  return { prefix: writeUrl(url), user, password };
}

const asWritten = (text: string, part: 'host' | 'path'): string =>
  escaped(Buffer.from(text, 'utf8').toString('latin1'), part);

/** An answer as a command reads it (`writeResponseToStdin`). */
function answerText({ protocol, status, statusText, headers }: Refused): string {
  const words = statusText || STATUS_CODES[status] || '';
  const lines = Object.entries(headers).map(([name, value]) => `${canonical(name)}: ${value}\n`);
  return `${protocol} ${status} ${words}\n${lines.join('')}\n`;
}

/** As `textproto.CanonicalMIMEHeaderKey`. */
function canonical(name: string): string {
  return name.toLowerCase().replace(/(?:^|-)[a-z]/g, first => first.toUpperCase());
}

/** As `exec.LookPath`: what is found by a relative folder of PATH is not started. Windows looks by itself. */
async function lookUp(context: Context, name: string): Promise<string | null> {
  if (context.platform === 'win32' || name === '' || name.includes('/')) return name || null;
  for (const folder of (variable(context, 'PATH') ?? '').split(':')) {
    const file = resolve(context.cwd, folder, name);
    if (await isExecutable(file)) return isAbsolute(folder) ? file : null;
  }
  return null;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
