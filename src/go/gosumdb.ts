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

/** Reads GOSUMDB as `modfetch.dbDial` does (cmd/go/internal/modfetch/sumdb.go). */
export function parseGosumdb(_value: string): ParsedGosumdb {
  throw new Error('pending');
}
