import { CliError } from '../system/errors.ts';
import { nearest } from '../system/nearest.ts';
import { parseUrl } from '../system/network/go-url.ts';
import { findByUrl, findMirror } from './find.ts';
import type { Mirror } from './mirror.ts';

/** What a name or URL of the command line stands for. */
export interface Resolved {
  /** The name of a known mirror, else the URL's host and path. */
  name: string;
  /** With credentials, as given or as the catalogue has it. */
  url: string;
  /** The known mirror, or null for any other URL. */
  mirror: Mirror | null;
  /** Given by its name, not by its URL. */
  byName: boolean;
}

/**
 * A name or URL as go would ask it: `https://` is added to a bare host. Throws a `CliError`, exit code 2, for an unknown name
 * and for what has no Go module proxy, with what to use instead.
 */
export function resolveMirror(mirrors: readonly Mirror[], text: string): Resolved {
  const given = text.trim();
  const named = findMirror(mirrors, given);
  if (named) {
    refuseUnusable(named, given);
    return { name: named.name, url: named.url!, mirror: named, byName: true };
  }
  const url = urlOf(given);
  if (!url) throw unknown(mirrors, given);
  const known = findByUrl(mirrors, url);
  if (known?.status === 'never-existed') refuseUnusable(known, given);
  return { name: known?.name ?? shortName(url), url, mirror: known, byName: false };
}

function refuseUnusable(mirror: Mirror, given: string): void {
  const args = {
    name: given,
    operator: mirror.operator ?? '',
    reason: mirror.reason,
    instead: mirror.useInstead ?? '',
  };
  if (mirror.status === 'never-existed') throw new CliError('mirrors.never-existed', args);
  if (mirror.status === 'retired') throw new CliError('mirrors.retired', { ...args, url: mirror.url ?? '' });
  if (mirror.template) throw new CliError('mirrors.template', { name: given, template: mirror.template });
  if (!mirror.url) throw new CliError('mirrors.no-address', { name: given });
}

function unknown(mirrors: readonly Mirror[], name: string): CliError {
  const suggestion = nearest(
    name,
    mirrors.flatMap(mirror => [mirror.name, ...mirror.aliases]),
  );
  return suggestion
    ? new CliError('mirrors.unknown.did-you-mean', { name, suggestion })
    : new CliError('mirrors.unknown', { name });
}

/** As `modfetch.proxyList`: a scheme that go speaks, or a bare host with a dot or a port. */
function urlOf(text: string): string | null {
  const url = /^(https?|file):\/\//i.test(text) ? text : bareHost.test(text) ? `https://${text}` : null;
  if (url === null || /[\s,|]/.test(url)) return null;
  return URL.canParse(url) ? url : null;
}

const bareHost = /^[\w-]+(\.[\w-]+)+(:\d+)?(\/|$)|^[\w.-]+:\d+(\/|$)/;

/** What a mirror without a name is called: host and path of its URL, credentials left out. */
export function shortName(url: string): string {
  const parsed = parseUrl(url);
  if (!parsed.ok) return url;
  const { host, path } = parsed.url;
  // Of `file:///` the path alone is left.
  return `${host}${path.replace(/\/+$/, '')}` || '/';
}
