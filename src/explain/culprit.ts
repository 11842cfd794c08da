import type { Entry } from './log/entries.ts';
import type { Match } from './pattern.ts';
import { isEverywhere, isStandard } from './standard-library.ts';
import { cutBefore, isImportPath, modulesIn, urlsIn, wordAfter } from './tokens.ts';

/**
 * What a failure is blamed on, literally as the text has it: a bare host, `host:port`, a path, a variable, a file. Of this machine, of an
 * argument and of source files it is the usual name: `CA bundle`, `IPv6`, `-timeout`, `build constraints`.
 */
export interface Culprit {
  kind: 'host' | 'module' | 'package' | 'variable' | 'file' | 'program' | 'toolchain' | 'machine' | 'argument';
  value: string;
}

type Finder = (entry: Entry, match: Match, named: string) => Culprit | null;

const as = (kind: Culprit['kind'], value: string | undefined | null): Culprit | null =>
  value ? { kind, value } : null;

/** How a rule finds its culprit in a message; `named` is the rule's own word, for what the text does not spell. */
const finders = {
  none: () => null,
  file: (_entry, _match, named) => as('file', named),
  argument: (_entry, _match, named) => as('argument', named),
  'main-module': ({ folded }) =>
    folded.includes('working directory is not part of a module')
      ? as('machine', 'working directory')
      : as('file', folded.includes('listed in go.work') ? 'go.work' : 'go.mod'),
  program: (_entry, _match, named) => as('program', named),
  variable: ({ text }, _match, named) => as('variable', named || text.match(/\bgo env -w ([A-Z0-9_]{1,40})=/)?.[1]),
  'go-variable': ({ text }, match) => as('variable', text.slice(match.start).match(/\bGO[A-Z0-9]{2,20}\b/)?.[0]),
  vcs: ({ folded }) => as('program', vcsNames.find(([, words]) => words.some(word => folded.includes(word)))?.[0]),
  host: (entry, match) =>
    as('host', urlHost(entry, match) ?? lookedUp(entry) ?? spokenHost(entry) ?? dialled(entry)) ??
    moduleOf(entry, match),
  'next-host': ({ text }, match) =>
    as('host', (urlsIn(text).find(url => url.at >= match.start) ?? urlsIn(text)[0])?.host),
  address: (entry, match) => as('host', urlHost(entry, match) ?? dialled(entry) ?? spokenHost(entry)),
  resolver: entry => as('host', resolver(entry) ?? lookedUp(entry) ?? urlsIn(entry.text)[0]?.host),
  'http-proxy': ({ text }, _match, named) => as('host', proxyAddress(text)) ?? as('variable', named),
  module: moduleOf,
  'summed-module': (entry, match) =>
    isSlip(entry)
      ? as('file', /\bgo\.work\.sum: /.test(entry.text) ? 'go.work.sum' : 'go.sum')
      : moduleOf(entry, match),
  'required-module': (entry, match) => {
    const at = entry.folded.indexOf('was required as: ');
    return at < 0 ? moduleOf(entry, match) : as('module', wordAfter(entry.text, at + 17));
  },
  package: (entry, match) => packageOf(entry, match) ?? moduleOf(entry, match),
  'standard-package': ({ text }) => {
    const name = standardOf(text);
    return name !== undefined && isEverywhere(name) ? as('variable', 'GOROOT') : as('package', name);
  },
  folder: ({ text }, match) => as('file', folderOf(text, match)),
  toolchain: ({ text }) =>
    as('toolchain', text.match(/\bgo(?: ?>= ?|@| )?(1\.\d{1,3}(?:\.\d{1,3})?(?:(?:rc|beta)\d{1,2})?)/)?.[1]),
  directive: ({ text }, match, named) => {
    const at = text.indexOf('directive: ', match.start);
    return as('file', at < 0 ? named : wordAfter(text, at + 11));
  },
} satisfies Record<string, Finder>;

export type CulpritKind = keyof typeof finders;

/** Names the culprit of a message that a rule has matched; null where the text names none. */
export function culpritOf(kind: CulpritKind, entry: Entry, match: Match, named = ''): Culprit | null {
  return (finders[kind] as Finder)(entry, match, named);
}

const vcsNames: readonly (readonly [string, readonly string[]])[] = [
  ['git-lfs', ['git-lfs: ', "'lfs' is not"]],
  ['hg', ['"hg', 'mercurial', 'hg: ']],
  ['bzr', ['"bzr', 'bazaar', 'bzr: ']],
  ['svn', ['"svn', 'subversion', 'svn: ']],
  ['fossil', ['"fossil', 'fossil']],
  ['ssh', ['"ssh', 'cannot run ssh']],
  ['git', ['git']],
];

/** The host of the last URL before the deciding words, else of the first behind them; not from what a server relays. */
function urlHost({ text, bodyAt }: Entry, match: Match): string | undefined {
  const urls = urlsIn(text);
  const own = urls.filter(url => url.at < bodyAt);
  return (own.findLast(url => url.at < match.last) ?? own[0] ?? urls[0])?.host;
}

/** `lookup HOST on ADDRESS`, `lookup HOST: no such host`, git's `Could not resolve host: HOST`. */
function lookedUp({ text, folded }: Entry): string | undefined {
  for (const words of ['lookup ', 'resolve host: ', 'resolve hostname ', 'resolve host ', 'resolve proxy: ']) {
    const at = folded.indexOf(words);
    const name = at < 0 ? '' : wordAfter(text, at + words.length);
    if (/^[\w-]{1,63}(?:\.[\w-]{1,63}){0,12}$/.test(name)) return name;
  }
  return undefined;
}

/** The DNS server: `on 127.0.0.53:53`, `dial udp [::1]:53`. */
function resolver({ text }: Entry): string | undefined {
  return text.match(/ (?:on|dial udp|dial tcp) (\[[\w:.%]{2,80}\]:53|[\d.]{7,15}:53)\b/)?.[1];
}

/** `dial tcp 192.0.2.1:443`, `->192.0.2.1:443`. */
function dialled({ text }: Entry): string | undefined {
  return text.match(/(?:dial tcp |->)((?:\[[\w:.%]{2,80}\]|[\w.-]{1,120}):\d{1,5})/)?.[1];
}

/** A host that git, curl, ssh or x509 spells out. */
function spokenHost({ text }: Entry): string | undefined {
  return text.match(
    /(?:connect to (?:host )?|connection to |look up |host key for |key is known for |not |match |clone of '?|(?<![\w./-])git@|^)(?:git@)?([\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?::\d{1,5})?)(?=$|[\s:,;'"])/i,
  )?.[1];
}

/** `proxyconnect tcp: dial tcp ADDRESS`, `Failed to connect to HOST port N`. */
function proxyAddress(text: string): string | undefined {
  const at = text.search(/proxyconnect|socks connect/);
  if (at >= 0) {
    const rest = text.slice(at, at + 400);
    const dialledAt = rest.match(/(?:dial tcp |->|connect tcp )((?:\[[\w:.%]{2,80}\]|[\w.-]{1,120}):\d{1,5})/)?.[1];
    return dialledAt ?? rest.match(/lookup ([\w.-]{1,200}[\w-])/)?.[1];
  }
  const curl = text.match(/(?:connect to|resolve proxy:) ([\w.-]{1,200})(?: port (\d{1,5}))?/i);
  return curl ? [curl[1], curl[2]].filter(Boolean).join(':') : undefined;
}

/** The last `path@version` before the deciding words, else the first behind them, else a path that stands for it. */
function moduleOf(entry: Entry, match: Match): Culprit | null {
  const modules = modulesIn(entry.text);
  const found = modules.findLast(one => one.at < match.last) ?? modules[0];
  if (found) return as('module', found.path);
  const bare = bareModule(entry);
  return bare ? as('module', bare) : packageOf(entry, match);
}

/** The path behind `package`, `import path`, `module path` or `module`, quoted or not. */
function packageOf({ text, folded }: Entry, match: Match): Culprit | null {
  for (const words of packageWords) {
    const at = folded.lastIndexOf(words, match.end);
    const name = at < 0 ? '' : cutBefore(wordAfter(text, at + words.length), /@/);
    if (name.includes('/') || isImportPath(name)) return as('package', name);
  }
  // `go: ARGUMENT: malformed module path "git": ...`
  const argument = text.slice(0, match.end).match(/(?:^|\s)(\S{3,300}): malformed (?:module|import) path "/)?.[1];
  return as('argument', argument);
}

const packageWords = [
  'providing package ',
  'contain package ',
  'import path ',
  'module path ',
  'provides package ',
  'find package ',
  'cannot load ',
  'package ',
  'import ',
  'module ',
];

/** A package of the standard library, in quotes or behind `package` or `load`. */
function standardOf(text: string): string | undefined {
  const named = text.matchAll(
    /\b(?:path|package) "([a-z][\w/]{0,60})"|\b(?:load|package|for path) ([a-z][\w/]{0,60})(?=[:; ]|$)/g,
  );
  return [...named].map(([, quoted, plain]) => quoted ?? plain ?? '').find(isStandard);
}

/** Hashes that differ in so few places are the same, with a slip of somebody who edited the file. */
const fewest = 3;

/** Whether the hash in go.sum is that of the download but for a few letters. */
function isSlip({ text }: Entry): boolean {
  const [downloaded, summed] = [/downloaded: {1,9}h1:(\S{44})/, /\bgo\.(?:work\.)?sum: {1,9}h1:(\S{44})/].map(
    one => text.match(one)?.[1] ?? '',
  );
  const letters = [...downloaded!].filter((letter, at) => letter !== summed![at]);
  return downloaded !== '' && summed !== '' && letters.length > 0 && letters.length <= fewest;
}

/** A path at the start of a message or behind `go: `: `go: git.corp.example.com/lib: ...`. */
function bareModule({ text }: Entry): string | undefined {
  return text
    .split(/[\s"'`]+/, 12)
    .map(word => cutBefore(word, /[:,@]/))
    .find(path => path.includes('/') && isImportPath(path) && !path.endsWith('.go'));
}

/** A path of the system, up to a blank. */
const path = /(?:^|[\s"'(])((?:\/|[A-Za-z]:\\)[^\s:"')]{1,400})/g;
/** How a path of Windows goes on behind the blank in a folder's name: `C:\Program Files\go`. */
const beyondBlank = /^(?: [^\s\\/:"']{1,40}){1,3}\\[^\s:"')]{0,400}/;

function pathsIn(text: string): { path: string; at: number }[] {
  return [...text.matchAll(path)].map(({ 0: all, 1: first = '', index }) => {
    let end = index + all.length;
    for (let more = 0; more < 5 && first[1] === ':'; more++) {
      end += text.slice(end, end + 600).match(beyondBlank)?.[0].length ?? 0;
    }
    return { path: text.slice(index + all.length - first.length, end), at: index };
  });
}

/** The folder that could not be written: the module cache, the temporary folder, else the path that the text names. */
function folderOf(text: string, match: Match): string | null {
  const paths = pathsIn(text);
  const found = (paths.find(one => one.at >= match.start) ?? paths.at(-1))?.path;
  if (!found) return null;
  if (/^\/tmp(?:\/|$)/.test(found)) return '/tmp';
  const cache = found.search(/[/\\]pkg[/\\]mod(?:[/\\]|$)/);
  return cache >= 0 ? found.slice(0, cache + 8) : found;
}
