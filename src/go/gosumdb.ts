import { splitFields } from '../system/go-text.ts';
import { parseUrl } from '../system/network/go-url.ts';
import { parseVerifierKey } from './verifier-key.ts';

/** What GOSUMDB means. */
export type ParsedGosumdb =
  | { ok: true; kind: 'off' }
  | {
      ok: true;
      kind: 'database';
      /** `sum.golang.org`: the name, also the host where it answers. */
      name: string;
      /** The verifier key `NAME+HASH+KEY`. */
      key: string;
      /** The base URL that the value names, or null: then go finds the way through the proxies. */
      url: string | null;
    }
  | { ok: false; message: string };

/** The database that go knows without being told its key (cmd/go/internal/modfetch/key.go). */
export const knownDatabase = {
  name: 'sum.golang.org',
  key: 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8',
  /** The name of its address in mainland China: an alias only when it is the whole value. */
  alias: 'sum.golang.google.cn',
} as const;

/** Reads GOSUMDB as `modfetch.dbDial` does (cmd/go/internal/modfetch/sumdb.go). */
export function parseGosumdb(value: string): ParsedGosumdb {
  if (value === 'off') return { ok: true, kind: 'off' };
  const meant = value === knownDatabase.alias ? `${knownDatabase.name} https://${knownDatabase.alias}` : value;
  const [first, url, ...more] = splitFields(meant);
  if (first === undefined) return refuse('missing GOSUMDB');
  if (more.length > 0) return refuse('invalid GOSUMDB: too many fields');
  // Its own key needs no checking: what that takes is a tenth of a start.
  const known = first === knownDatabase.name ? knownDatabase : null;
  const verifier = known ?? parseVerifierKey(first);
  if (typeof verifier === 'string') return refuse(`invalid GOSUMDB: ${verifier}`);
  const { name } = verifier;
  const key = known?.key ?? first;
  if (!isDatabaseName(name)) return refuse(`invalid sumdb name (must be host[/path]): ${name}`);
  if (url !== undefined) {
    const parsed = parseUrl(url);
    if (!parsed.ok) return refuse(`invalid GOSUMDB URL: ${parsed.message}`);
  }
  return { ok: true, kind: 'database', name, key, url: url ?? null };
}

/** Whether a value names an address of its own: then go asks that, whatever the proxies are. */
export const hasOwnAddress = (gosumdb: ParsedGosumdb): boolean =>
  gosumdb.ok && gosumdb.kind === 'database' && gosumdb.url !== null;

function refuse(message: string): ParsedGosumdb {
  return { ok: false, message };
}

function isDatabaseName(name: string): boolean {
  const parsed = parseUrl(`https://${name}`);
  if (!parsed.ok || name.endsWith('/')) return false;
  const { url } = parsed;
  const plainPath = /^[A-Za-z0-9$&+,\-./:;=@_~]*$/.test(url.path);
  return url.host !== '' && url.userInfo === null && url.query === null && url.fragment === '' && plainPath;
}
