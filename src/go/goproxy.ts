import { trimSpace } from '../system/go-text.ts';
import { parseUrl, redactUrl } from '../system/network/go-url.ts';

/** One entry of GOPROXY. */
export interface ProxyEntry {
  kind: 'proxy' | 'direct' | 'off';
  /** The URL that go asks, credentials included and `https://` added where it was left out; null but for a proxy. */
  url: string | null;
  /** The entry as written. */
  text: string;
  /** What makes go ask the next entry: `,` not-found (404, 410), `|` any error; null at the end of the list. */
  fallsBackOn: 'not-found' | 'any-error' | null;
}

export type ParsedGoproxy =
  | { ok: true; entries: ProxyEntry[] }
  /** `message` is go's own text; `entry` the part it refuses. */
  | { ok: false; message: string; entry: string };

/** Reads GOPROXY as `modfetch.proxyList` does (cmd/go/internal/modfetch/proxy.go). */
export function parseGoproxy(value: string): ParsedGoproxy {
  const entries: ProxyEntry[] = [];
  for (const { text, separator } of splitList(value)) {
    if (text === 'off' || text === 'direct') {
      entries.push({ kind: text, url: null, text, fallsBackOn: null });
      break;
    }
    const url = withScheme(text);
    const message = refusal(url);
    if (message) return { ok: false, message, entry: text };
    entries.push({ kind: 'proxy', url, text, fallsBackOn: separator === '|' ? 'any-error' : 'not-found' });
  }
  const last = entries.at(-1);
  if (!last)
    return { ok: false, message: 'GOPROXY list is not the empty string, but contains no entries', entry: value };
  last.fallsBackOn = null;
  return { ok: true, entries };
}

/** What stands behind `direct` or `off`, which go never reads. */
export function unusedEntries(value: string, entries: readonly ProxyEntry[]): string[] {
  const texts = splitList(value).map(({ text }) => text);
  return entries.at(-1)?.kind === 'proxy' ? [] : texts.slice(entries.length);
}

/** The proxies that stand behind `direct` or `off`; none where go would refuse them. */
export function unusedProxies(value: string): ProxyEntry[] {
  const parsed = parseGoproxy(value);
  const rest = parsed.ok ? parseGoproxy(unusedEntries(value, parsed.entries).join()) : parsed;
  return rest.ok ? rest.entries.filter(({ kind }) => kind === 'proxy') : [];
}

/** The entries that are not empty, trimmed, each with the separator behind it. */
function splitList(value: string): { text: string; separator: string }[] {
  return [...value.matchAll(/([^,|]*)([,|]|$)/g)]
    .map(([, text, separator]) => ({ text: trimSpace(text!), separator: separator! }))
    .filter(({ text }) => text !== '');
}

/** Single words are reserved; what holds `:/` or is an absolute path must be a whole URL; all else is a host. */
function withScheme(text: string): string {
  return /[.:/]/.test(text) && !text.includes(':/') && !text.startsWith('/') ? `https://${text}` : text;
}

/** Why `newProxyRepo` refuses a URL, or null. */
function refusal(text: string): string | null {
  const parsed = parseUrl(text);
  if (!parsed.ok) return parsed.message;
  const { url } = parsed;
  if (url.scheme === 'http' || url.scheme === 'https') return null;
  const shown = redactUrl(url);
  if (url.scheme === '') return `invalid proxy URL missing scheme: ${shown}`;
  if (url.scheme !== 'file') return `invalid proxy URL scheme (must be https, http, file): ${shown}`;
  const pathOnly =
    !url.opaque && !url.host && url.userInfo === null && url.query === null && !url.fragment && !url.omitHost;
  return pathOnly ? null : `invalid file:// proxy URL with non-path elements: ${shown}`;
}
