import type { Entry } from './log/entries.ts';
import type { Match } from './pattern.ts';
import { isImportPath, modulesIn, urlsIn, wordAfter } from './tokens.ts';

/** What a failure is blamed on, literally as the text has it: a bare host, `host:port`, a path, a variable, a file. */
export interface Culprit {
  kind: 'host' | 'module' | 'package' | 'variable' | 'file' | 'program' | 'toolchain';
  value: string;
}

/** How a rule finds its culprit in a message. */
export type CulpritKind =
  | 'host'
  | 'resolver'
  | 'address'
  | 'http-proxy'
  | 'module'
  | 'package'
  | 'variable'
  | 'file'
  | 'folder'
  | 'program'
  | 'toolchain'
  | 'none';

type Finder = (entry: Entry, match: Match, named: string) => Culprit | null;

const host = (value: string | undefined | null): Culprit | null => (value ? { kind: 'host', value } : null);

const finders: Readonly<Record<CulpritKind, Finder>> = {
  none: () => null,
  variable: (_entry, _match, value) => ({ kind: 'variable', value }),
  file: (_entry, _match, value) => ({ kind: 'file', value }),
  program: (_entry, _match, value) => ({ kind: 'program', value }),
  host: (entry, match) =>
    host(urlHost(entry, match) ?? lookedUp(entry) ?? dialled(entry) ?? spokenHost(entry)) ?? moduleOf(entry, match),
  resolver: entry => host(resolver(entry) ?? lookedUp(entry) ?? urlsIn(entry.text)[0]?.host),
  address: (entry, match) =>
    host(urlHost(entry, match) ?? dialled(entry) ?? spokenHost(entry)) ?? moduleOf(entry, match),
  'http-proxy': (entry, _match, named) => {
    const address = proxyAddress(entry.text);
    return address ? host(address) : { kind: 'variable', value: named };
  },
  module: moduleOf,
  package: (entry, match) => packageOf(entry, match) ?? moduleOf(entry, match),
  folder: (entry, match, named) => {
    const value = folderOf(entry.text, match);
    return value ? { kind: 'file', value } : named ? { kind: 'file', value: named } : null;
  },
  toolchain: entry => {
    const version = entry.text.match(/\bgo1\.\d{1,3}(?:\.\d{1,3})?(?:(?:rc|beta)\d{1,2})?/)?.[0];
    return version ? { kind: 'toolchain', value: version } : null;
  },
};

/** Names the culprit of a message that a rule has matched. */
export function culpritOf(kind: CulpritKind, entry: Entry, match: Match, named = ''): Culprit | null {
  return finders[kind](entry, match, named);
}

/** The host of the last URL before the deciding words, else of the first behind them. */
function urlHost(entry: Entry, match: Match): string | undefined {
  const urls = urlsIn(entry.text);
  return (urls.findLast(url => url.at < match.last) ?? urls[0])?.host;
}

/** `lookup HOST on ADDRESS`, `lookup HOST: no such host`, git's `Could not resolve host: HOST`. */
function lookedUp({ text, folded }: Entry): string | undefined {
  for (const words of [
    'dial tcp: lookup ',
    'lookup ',
    'resolve host: ',
    'resolve hostname ',
    'resolve host ',
    'resolve proxy: ',
  ]) {
    const at = folded.indexOf(words);
    if (at < 0) continue;
    const name = wordAfter(text, at + words.length);
    if (/^[\w-]+(?:\.[\w-]+)*$/.test(name)) return name;
  }
  return undefined;
}

/** `on 127.0.0.53:53`. */
function resolver({ text }: Entry): string | undefined {
  return (
    text.match(/ on (\[[\w:.%]{2,80}\]:53|[\d.]{7,15}:53)\b/)?.[1] ??
    text.match(/dial (?:udp|tcp) (\[[\w:.%]{2,80}\]:53|[\d.]{7,15}:53)\b/)?.[1]
  );
}

/** `dial tcp 192.0.2.1:443`, `->192.0.2.1:443`. */
function dialled({ text }: Entry): string | undefined {
  return text.match(/(?:dial tcp |->)((?:\[[\w:.%]{2,80}\]|[\w.-]{1,120}):\d{1,5})/)?.[1];
}

/** A host that git, curl, ssh or x509 spells out. */
function spokenHost({ text }: Entry): string | undefined {
  const spoken = text.match(
    /(?:connect to (?:host )?|unable to connect to |not |match |resolve host: |connection to |^)([\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?::\d{1,5})?)(?=$|[\s:,;'"])/i,
  );
  return spoken?.[1];
}

/** `proxyconnect tcp: dial tcp ADDRESS`, `Failed to connect to HOST port N`, `HTTP_PROXY=http://HOST`. */
function proxyAddress(text: string): string | undefined {
  const go = text.match(/proxyconnect [^"]{0,80}?(?:dial tcp |->)((?:\[[\w:.%]{2,80}\]|[\w.-]{1,120}):\d{1,5})/)?.[1];
  const looked = text.match(/proxyconnect tcp: dial tcp: lookup ([\w.-]{1,200})/)?.[1];
  const curl = text.match(/(?:connect to|resolve proxy:) ([\w.:[\]-]{1,200}?)(?: port (\d{1,5}))?(?=$|[\s:,;'"])/i);
  return go ?? looked ?? (curl && !curl[1]!.endsWith(':') ? `${curl[1]}${curl[2] ? `:${curl[2]}` : ''}` : undefined);
}

/** The last `path@version` before the deciding words, else the first behind them, else the first path in quotes. */
function moduleOf(entry: Entry, match: Match): Culprit | null {
  const modules = modulesIn(entry.text);
  const found = modules.findLast(one => one.at < match.last) ?? modules[0];
  if (found) return { kind: 'module', value: found.path };
  return packageOf(entry, match) ?? bareModule(entry);
}

/** The path after `package`, `import path`, `module path` or `module`, quoted or not. */
function packageOf({ text, folded }: Entry, match: Match): Culprit | null {
  for (const words of [
    'providing package ',
    'contain package ',
    'import path ',
    'module path ',
    'provides package ',
    'required as: ',
    'package ',
    'import ',
    'module ',
  ]) {
    const at = folded.lastIndexOf(words, Math.max(match.end, match.last));
    const name = at < 0 ? '' : wordAfter(text, at + words.length).replace(/@.*$/, '');
    if (name.includes('/') || isImportPath(name)) return { kind: 'package', value: name };
  }
  return null;
}

/** A path at the start of a message or behind `go: `: `go: git.corp.example.com/lib: ...`. */
function bareModule({ text }: Entry): Culprit | null {
  for (const word of text.split(/[\s"'`]+/, 12)) {
    const path = word.replace(/[:,@].*$/, '');
    if (path.includes('/') && isImportPath(path)) return { kind: 'module', value: path };
  }
  return null;
}

/** The folder of a file that could not be read or written: the module cache, or the top one under a temporary folder. */
function folderOf(text: string, match: Match): string | null {
  const path = [
    ...text.slice(0, match.end).matchAll(/(?<=[\s"'(]|^)(\/[^\s:"')]{0,400}|[A-Za-z]:\\[^\s:"')]{0,400})/g),
  ].at(-1)?.[1];
  if (!path) return null;
  if (path.startsWith('/tmp/') || path === '/tmp') return '/tmp';
  const cache = path.search(/[/\\]pkg[/\\]mod(?=[/\\]|$)/);
  return cache >= 0 ? path.slice(0, cache + 8) : path;
}
