/** The host and port of every http(s) URL in a text, with where it starts. */
export interface UrlToken {
  url: string;
  host: string;
  at: number;
}

const delimiters = ' \t"\'`<>(),|;\u3000\uff1a\u201c\u201d\u2018\u2019';

/** The URLs of a text, in order, at most 50. */
export function urlsIn(text: string): UrlToken[] {
  const found: UrlToken[] = [];
  for (const scheme of ['https://', 'http://']) {
    for (let at = text.indexOf(scheme); at >= 0 && found.length < 50; at = text.indexOf(scheme, at + 1)) {
      const url = text.slice(at, endOfToken(text, at));
      const host = hostOf(url);
      if (host) found.push({ url, host, at });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

/** `host` or `host:port` of a URL, without user information; empty where there is none, or a login was cut off within its password. */
function hostOf(url: string): string {
  const rest = url.slice(url.indexOf('://') + 3);
  const authority = withoutPunctuation(cutBefore(rest, /[/?#]/));
  const colon = authority.lastIndexOf(':');
  const port = colon < 0 ? '' : authority.slice(colon + 1);
  const isCutLogin = /\D/.test(port) && !authority.includes('@') && !authority.startsWith('[');
  if (!isCutLogin) return authority.slice(authority.lastIndexOf('@') + 1);
  // What stands for a port is the beginning of a password with a `/`, `?` or `#`. The host follows its `@`.
  const at = rest.indexOf('@');
  return at < 0 ? '' : withoutPunctuation(cutBefore(rest.slice(at + 1), /[/?#]/));
}

/** A `path@version` in a text, or a path alone. */
export interface ModuleToken {
  path: string;
  version: string;
  at: number;
}

/** Every `path@version` of a text that stands for a module, in order. Those inside URLs and file paths are none. */
export function modulesIn(text: string): ModuleToken[] {
  const found: ModuleToken[] = [];
  let at = text.indexOf('@');
  for (let tries = 0; at >= 0 && tries < 200; tries++, at = text.indexOf('@', at + 1)) {
    const start = startOfToken(text, at);
    const path = withoutCache(text.slice(start, at));
    if (!isImportPath(path)) continue;
    const version = withoutPunctuation(cutBefore(text.slice(at + 1, endOfToken(text, at)), /[:/]/));
    found.push({ path, version, at: start });
  }
  return found;
}

/**
 * The module that a URL of a module proxy or of the checksum database asks for: `/PATH/@v/…`, `/lookup/PATH@VERSION`. Of a mirror's own
 * path the module is what begins with a name that has a dot.
 */
export function moduleInUrl(url: string): string | null {
  const rest = url.slice(url.indexOf('://') + 3);
  const escaped =
    rest.match(/\/lookup\/([^@?#]{1,500})@/)?.[1] ?? rest.match(/^[^/]*\/(.{1,500}?)\/@(?:v\/|latest)/)?.[1] ?? '';
  const elements = escaped.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase()).split('/');
  const paths = elements.map((_, from) => elements.slice(from).join('/'));
  return paths.find(isImportPath) ?? null;
}

/** Whether a text can be the path of a module or a package that is fetched: a dot in its first element. */
export function isImportPath(text: string): boolean {
  const [first = '', ...rest] = text.split('/');
  const dot = first.lastIndexOf('.');
  return (
    text.length <= 500 &&
    dot > 0 &&
    dot < first.length - 1 &&
    !/[^\w.~-]/.test(first) &&
    rest.every(one => /^[\w.~!+-]+$/.test(one))
  );
}

/** The word that stands at or after a place, without quotes and a closing colon. */
export function wordAfter(text: string, place: number): string {
  let from = place;
  while (from < text.length && delimiters.includes(text[from]!)) from++;
  return withoutPunctuation(text.slice(from, endOfToken(text, from)));
}

/** A text up to the first of some characters. */
export function cutBefore(text: string, stop: RegExp): string {
  const end = text.search(stop);
  return end < 0 ? text : text.slice(0, end);
}

function withoutPunctuation(text: string): string {
  let end = text.length;
  while (end > 0 && '.:'.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** `/home/me/go/pkg/mod/rsc.io/quote` is `rsc.io/quote`. */
function withoutCache(path: string): string {
  const at = Math.max(path.lastIndexOf('/pkg/mod/'), path.lastIndexOf('\\pkg\\mod\\'));
  return at < 0 ? path : path.slice(at + 9);
}

function endOfToken(text: string, from: number): number {
  let end = from;
  while (end < text.length && !delimiters.includes(text[end]!)) end++;
  return end;
}

function startOfToken(text: string, before: number): number {
  let start = before;
  while (start > 0 && !delimiters.includes(text[start - 1]!)) start--;
  return start;
}
