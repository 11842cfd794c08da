import { strToU8, unzipSync, zipSync } from 'fflate';

/** A request as the mirror saw it. */
export interface Recorded {
  method: string;
  /** Unescaped, base path taken off: `/rsc.io/quote/@v/v1.5.2.info`, with the query. */
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  httpVersion: string;
  /** Counts connections from 1, so requests over the same one can be told. */
  connection: number;
  /** Null while there is no answer. */
  status: number | null;
  /** Bytes of the body sent so far. */
  bodyBytes: number;
  /** `performance.now()`. */
  startedMs: number;
  /** Null until the answer is complete or the connection is gone. */
  durationMs: number | null;
}

/**
 * What a mirror does wrong. The first fault that matches a request is the one that happens; several fields of one fault go together:
 * `{ path: '.zip', after: 3, times: 1, delayMs: 200, stall: 'body' }`.
 */
export interface Fault {
  /** Which requests: a part of the path, a pattern, or a function. Default: all. */
  path?: string | RegExp | ((request: Recorded) => boolean);
  /** Only requests whose User-Agent holds this. */
  client?: string;
  /** So many matching requests pass unharmed first. Default 0. */
  after?: number;
  /** It happens to so many requests, then no more. Default: for ever. */
  times?: number;
  /** Waits before the answer. */
  delayMs?: number;
  /** Answers with this status instead, and `body` (empty by default). */
  status?: number;
  body?: string | Buffer;
  headers?: Readonly<Record<string, string>>;
  /** Sends nothing more and keeps the connection: from the start, or after the headers and half of the body. */
  stall?: 'before' | 'body';
  /** Tears the connection down: before any answer, or in the middle of the body. */
  reset?: 'before' | 'body';
  /**
   * HTTP/2 only: resets this one stream, before any answer or in the middle of the body, with the code `resetCode` (default 2,
   * INTERNAL_ERROR; 8 is CANCEL, 7 REFUSED_STREAM). Over HTTP/1.1 as `reset`.
   */
  resetStream?: 'before' | 'body';
  resetCode?: number;
  /**
   * HTTP/2 only: ends the connection by a GOAWAY. `after`: this request and those under way are still answered; `before`: neither this
   * one nor any after it is looked at (not for the first of a connection: node:http2 can't say that it has seen none).
   */
  goaway?: 'before' | 'after';
  /** Ends the body after half of it, with a Content-Length that matches: nothing looks wrong but the content. */
  truncate?: boolean;
  /** So many bytes of a body that stalls, is reset or truncated still come, in place of half of it; a shorter body comes whole. */
  keepBytes?: number;
  /** Sends other content: `true` a well-formed zip, go.mod or checksum record that differs, or what the function makes of it. */
  tamper?: boolean | ((body: Buffer, path: string) => Buffer);
  /** Sends the body so slowly. */
  bytesPerSecond?: number;
}

/** A page as a captive portal or a misconfigured server sends it, with 200. */
export const htmlPage: Fault = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html><head><title>Welcome</title></head><body>Please log in.</body></html>\n',
};

/** Chooses the fault of each request and counts how often each happened. */
export class FaultPlan {
  readonly faults: Fault[];
  readonly #seen = new Map<Fault, number>();

  constructor(faults: readonly Fault[]) {
    this.faults = [...faults];
  }

  /** The fault that happens to this request; an empty one where all is well. */
  next(request: Recorded): Fault {
    for (const fault of this.faults) {
      if (!matches(fault.path, request) || !isOf(fault.client, request)) continue;
      const seen = (this.#seen.get(fault) ?? 0) + 1;
      this.#seen.set(fault, seen);
      const nth = seen - (fault.after ?? 0);
      if (nth > 0 && nth <= (fault.times ?? Number.POSITIVE_INFINITY)) return fault;
    }
    return {};
  }
}

const isOf = (client: string | undefined, { headers }: Recorded): boolean =>
  client === undefined || String(headers['user-agent']).includes(client);

function matches(path: Fault['path'], request: Recorded): boolean {
  if (path === undefined) return true;
  if (typeof path === 'string') return request.path.includes(path);
  return path instanceof RegExp ? path.test(request.path) : path(request);
}

/** Another content that is still well formed, as an attacker or a rebuilding cache would make it. */
export function tampered(body: Buffer, path: string): Buffer {
  if (path.endsWith('.zip')) {
    const files = unzipSync(body);
    const [name = ''] = Object.keys(files).filter(file => !file.endsWith('/go.mod'));
    return Buffer.from(zipSync({ ...files, [name]: strToU8('// not what the author wrote\n') }));
  }
  if (path.endsWith('.mod')) return Buffer.concat([body, Buffer.from('\n// not what the author wrote\n')]);
  if (path.includes('/lookup/')) {
    // Another hash of the same form: the record no longer hashes to the leaf that the signed tree holds.
    return Buffer.from(body.toString().replace(/h1:(.)/, (_, first: string) => `h1:${first === 'A' ? 'B' : 'A'}`));
  }
  const other = Buffer.from(body);
  if (other.length > 0) other[other.length >> 1]! ^= 1;
  return other;
}
