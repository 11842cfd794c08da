import { gunzipSync } from 'node:zlib';
import type { Client } from 'undici';
import { untrusted } from '../text.ts';
import { authorityOf, hostAndPort } from './connection.ts';
import type { Deadline } from './deadline.ts';
import { codeOf, NetworkFailure, wordsOf } from './failure.ts';

/** One answer. */
export interface Exchanged {
  status: number;
  /** The reason phrase of HTTP/1.1; empty over HTTP/2. */
  statusText: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** The body, at most as much as was allowed. */
  body: Buffer;
  /** Whether the body went on beyond the limit and was cut off. */
  cut: boolean;
  /** From sending the request to the first byte of the answer, and to its last; connecting is not part of it. Milliseconds. */
  firstByteMs: number;
  totalMs: number;
  /** When parts of the body arrived: milliseconds since the request, and bytes up to then. */
  arrivals: readonly { atMs: number; bytes: number }[];
}

export interface ExchangeOptions {
  /** The body is read up to here and then cut off. */
  maxBytes: number;
  deadline: Deadline;
  /** Gives up this long after the request was sent, whatever is left of the deadline. */
  answerMs?: number;
  /** Cuts the body off this long after the request was sent, and takes what has come. */
  cutAfterMs?: number;
  /** Cuts a body off unread that says itself that it is longer than `maxBytes`. */
  refuseLonger?: boolean;
}

interface RequestLine {
  method: 'HEAD' | 'GET';
  path: string;
  headers: Record<string, string>;
}

/** Sends one request and reads its answer. Like go it takes gzip, but neither for HEAD nor with a range. */
export async function exchange(
  client: Client,
  line: RequestLine,
  url: URL,
  options: ExchangeOptions,
): Promise<Exchanged> {
  const asksGzip = line.method === 'GET' && !line.headers.range;
  const headers = asksGzip ? { ...line.headers, 'accept-encoding': 'gzip' } : line.headers;
  const answer = await dispatch(client, { ...line, headers }, authorityOf(hostAndPort(url)), options);
  if (!asksGzip || answer.headers['content-encoding']?.toLowerCase() !== 'gzip' || answer.cut) return answer;
  return { ...answer, body: gunzip(answer.body, url, options.maxBytes) };
}

function gunzip(body: Buffer, url: URL, maxOutputLength: number): Buffer {
  try {
    return gunzipSync(body, { maxOutputLength });
  } catch (error) {
    const target = authorityOf(hostAndPort(url));
    throw new NetworkFailure('http', 'truncated-download', target, `gzip: ${untrusted(wordsOf(error))}`);
  }
}

function dispatch(
  client: Client,
  { method, path, headers }: RequestLine,
  target: string,
  { maxBytes, deadline, answerMs, cutAfterMs, refuseLonger }: ExchangeOptions,
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    let sentAt = performance.now();
    let status = 0;
    let statusText = '';
    let firstByteMs = 0;
    let bytes = 0;
    let answered: Exchanged['headers'] = {};
    let abort: ((reason: Error) => void) | null = null;
    let settled = false;
    const timers: NodeJS.Timeout[] = [];
    const chunks: Buffer[] = [];
    const arrivals: { atMs: number; bytes: number }[] = [];
    const settle = (): void => {
      settled = true;
      timers.forEach(clearTimeout);
      deadline.signal.removeEventListener('abort', late);
    };
    const finish = (cut: boolean): void => {
      if (settled) return;
      settle();
      const totalMs = performance.now() - sentAt;
      resolve({
        status,
        statusText,
        headers: answered,
        body: Buffer.concat(chunks),
        cut,
        firstByteMs,
        totalMs,
        arrivals,
      });
    };
    const fail = (error: Error): void => {
      if (settled) return;
      settle();
      const partial = { method, started: status !== 0, bytes };
      reject(error instanceof NetworkFailure ? error : failureOf(error, target, partial));
    };
    const late = (): void => {
      // While connecting, the stage that hangs says so itself.
      if (!abort) return void setImmediate(() => fail(stalled(target)));
      fail(stalled(target, bytes));
      abort(new Error('deadline'));
    };
    const cutOff = (): void => {
      if (bytes === 0) late();
      else finish(true);
      abort?.(new Error('enough'));
    };
    if (deadline.signal.aborted) return reject(stalled(target));
    deadline.signal.addEventListener('abort', late, { once: true });
    client.dispatch(
      { method, path, headers },
      {
        onRequestStart: controller => {
          sentAt = performance.now();
          abort = reason => controller.abort(reason);
          if (settled) controller.abort(new Error('deadline'));
          else if (answerMs !== undefined) timers.push(setTimeout(late, answerMs));
          if (cutAfterMs !== undefined) timers.push(setTimeout(cutOff, cutAfterMs));
        },
        onResponseStart: (controller, code, received, message) => {
          if (code < 200) return;
          firstByteMs = performance.now() - sentAt;
          status = code;
          statusText = untrusted(message ?? '');
          answered = oneEach(received);
          if (!refuseLonger || !(Number(answered['content-length']) > maxBytes)) return;
          finish(true);
          controller.abort(new Error('enough'));
        },
        onResponseData: (controller, chunk) => {
          if (settled) return;
          bytes += chunk.length;
          arrivals.push({ atMs: performance.now() - sentAt, bytes });
          chunks.push(chunk);
          if (bytes <= maxBytes) return;
          finish(true);
          controller.abort(new Error('enough'));
        },
        onResponseEnd: () => finish(false),
        onResponseError: (_, error) => fail(error),
      },
    );
  });
}

function oneEach(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      untrusted(Array.isArray(value) ? value.join(', ') : (value ?? ''), 2000),
    ]),
  );
}

function stalled(target: string, bytes = 0): NetworkFailure {
  const words = bytes > 0 ? `no more bytes after ${bytes}` : 'connected, and then no answer';
  return new NetworkFailure('http', 'stalled', target, words);
}

function failureOf(
  error: Error,
  target: string,
  { method, started, bytes }: { method: string; started: boolean; bytes: number },
): NetworkFailure {
  const code = codeOf(error);
  const words = untrusted(wordsOf(error));
  if (started && method !== 'HEAD') {
    return new NetworkFailure('http', 'truncated-download', target, `unexpected EOF after ${bytes} bytes: ${words}`);
  }
  // The parser's errors: what answers speaks another protocol.
  if (code.startsWith('HPE_') || /parse|malformed/i.test(error.message)) {
    return new NetworkFailure('http', 'captive-or-html-response', target, words);
  }
  return new NetworkFailure('http', 'connection-reset', target, code === 'UND_ERR_SOCKET' ? `EOF: ${words}` : words);
}
