import { escapePath, escapeVersion } from '../go/module-path.ts';

/** What one request of go asks a module proxy for (go.dev/ref/mod#goproxy-protocol). */
export interface ProxyFile {
  /** The path below a proxy's base URL, escaped: `github.com/!burnt!sushi/toml/@v/v1.5.0.zip`. */
  path: string;
  /** `query` is an `.info` of a branch, a commit or the like; `tree` a file of a checksum database besides its lookups. */
  kind: 'info' | 'mod' | 'zip' | 'list' | 'latest' | 'query' | 'lookup' | 'tree';
  /** Unescaped; empty for `tree`. */
  module: string;
  /** Unescaped; empty for `list`, `latest` and `tree`. */
  version: string;
  /** The checksum database that is asked through the proxy, or null: `sum.golang.org`. */
  database: string | null;
}

/** A version as go.sum has it, so that its files never change (`module.CanonicalVersion`). */
const canonical = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+incompatible)?$/;

/** One file of a version, by its unescaped names. */
export function versionFile(module: string, version: string, kind: 'info' | 'mod' | 'zip'): ProxyFile {
  return { path: `${escapePath(module)}/@v/${escapeVersion(version)}.${kind}`, kind, module, version, database: null };
}

/** The record of a version in a checksum database, as asked through a proxy. */
export function lookupFile(database: string, module: string, version: string): ProxyFile {
  const path = `sumdb/${database}/lookup/${escapePath(module)}@${escapeVersion(version)}`;
  return { path, kind: 'lookup', module, version, database };
}

/** Reads the path of a request, without its leading slash and percent-decoded. Null for what no module proxy serves. */
export function parseProxyPath(path: string): ProxyFile | null {
  if (path.split('/').some(part => part === '' || part === '.' || part === '..')) return null;
  return path.startsWith('sumdb/') ? databaseFile(path) : moduleFile(path);
}

function moduleFile(path: string): ProxyFile | null {
  const found = path.match(/^(.+)\/@(?:(latest)|v\/(?:(list)|(.+)\.(info|mod|zip)))$/);
  const module = found && unescaped(found[1]!);
  if (!found || !module) return null;
  if (found[2] || found[3]) return { path, kind: found[2] ? 'latest' : 'list', module, version: '', database: null };
  const version = unescaped(found[4]!);
  if (!version) return null;
  const kind = found[5] as 'info' | 'mod' | 'zip';
  return { path, kind: kind === 'info' && !canonical.test(version) ? 'query' : kind, module, version, database: null };
}

function databaseFile(path: string): ProxyFile | null {
  const found = path.match(/^sumdb\/(.+?)\/(?:lookup\/(.+)@([^/]+)|latest|tile\/.+)$/);
  if (!found) return null;
  const [, database = '', module, version] = found;
  if (module === undefined) return { path, kind: 'tree', module: '', version: '', database };
  return { path, kind: 'lookup', module: unescaped(module) ?? '', version: unescaped(version!) ?? '', database };
}

/** Whether the answer may be another one tomorrow, so that the order of the user's list matters. */
export function isMutable({ kind }: ProxyFile): boolean {
  return kind === 'list' || kind === 'latest' || kind === 'query';
}

function unescaped(text: string): string | null {
  if (/[A-Z]|!(?![a-z])/.test(text)) return null;
  return text.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
