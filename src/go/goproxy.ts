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
export function parseGoproxy(_value: string): ParsedGoproxy {
  throw new Error('pending');
}
