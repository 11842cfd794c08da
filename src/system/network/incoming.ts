import type { Readable } from 'node:stream';

/** A request without a body. */
export interface RequestLine {
  method: 'HEAD' | 'GET';
  url: URL;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[]>>;
  /** Whether the body will keep its connection busy for long. */
  isLarge?: boolean;
}

/** The head of an answer, and its body as it arrives. A body that breaks off ends with an error, never as if it were whole. */
export interface Incoming {
  status: number;
  /** The reason phrase of HTTP/1.1; empty over HTTP/2. */
  statusText: string;
  /** Names in lower case, as the server sent them: what is shown of them is made safe there. */
  headers: Readonly<Record<string, string>>;
  body: Readable;
  protocol: 'HTTP/1.1' | 'HTTP/2.0';
  /** When the request was sent and when the head came, as `performance.now()`. Connecting is no part of it. */
  sentAt: number;
  headAt: number;
}

/** Headers that came several times in one line each. */
export function oneEach(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : String(value ?? ''),
    ]),
  );
}
