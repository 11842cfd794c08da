import { gunzipSync } from 'node:zlib';
import { untrusted } from '../text.ts';
import { authorityOf, hostAndPort } from './address.ts';
import type { Deadline } from './deadline.ts';
import { NetworkFailure, wordsOf } from './failure.ts';
import type { Incoming, RequestLine } from './incoming.ts';
import type { Origin } from './origin.ts';
import { requestFailure, stalled } from './request-failure.ts';

/** One answer, read. */
export interface Exchanged extends Omit<Incoming, 'body' | 'sentAt' | 'headAt'> {
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

/**
 * Sends one request and reads its answer. Like go it takes gzip, but neither for HEAD nor with a range. Throws a `NetworkFailure`.
 */
export async function exchange(origin: Origin, line: RequestLine, options: ExchangeOptions): Promise<Exchanged> {
  const asksGzip = line.method === 'GET' && !line.headers.range;
  const headers = asksGzip ? { ...line.headers, 'accept-encoding': 'gzip' } : line.headers;
  const answer = await readAnswer(origin, { ...line, headers }, options);
  if (!asksGzip || answer.headers['content-encoding']?.toLowerCase() !== 'gzip' || answer.cut) return answer;
  return { ...answer, body: gunzip(answer.body, line.url, options.maxBytes) };
}

function gunzip(body: Buffer, url: URL, maxOutputLength: number): Buffer {
  try {
    return gunzipSync(body, { maxOutputLength });
  } catch (error) {
    const target = authorityOf(hostAndPort(url));
    throw new NetworkFailure('http', 'truncated-download', target, `gzip: ${untrusted(wordsOf(error))}`);
  }
}

function readAnswer(
  origin: Origin,
  line: RequestLine,
  { maxBytes, deadline, answerMs, cutAfterMs, refuseLonger }: ExchangeOptions,
): Promise<Exchanged> {
  const { method, url } = line;
  const target = authorityOf(hostAndPort(url));
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    let incoming: Incoming | null = null;
    let isSent = false;
    let isSettled = false;
    let bytes = 0;
    const timers: NodeJS.Timeout[] = [];
    const chunks: Buffer[] = [];
    const arrivals: { atMs: number; bytes: number }[] = [];
    const settle = (): void => {
      isSettled = true;
      timers.forEach(clearTimeout);
      deadline.signal.removeEventListener('abort', late);
    };
    const drop = (): void => {
      controller.abort();
      incoming?.body.destroy();
    };
    const finish = ({ sentAt, headAt, body: _, ...head }: Incoming, cut: boolean): void => {
      if (isSettled) return;
      settle();
      const body = Buffer.concat(chunks);
      const totalMs = performance.now() - sentAt;
      resolve({ ...head, body, cut, firstByteMs: headAt - sentAt, totalMs, arrivals });
      if (cut) drop();
    };
    const fail = (error: unknown): void => {
      if (isSettled) return;
      settle();
      reject(requestFailure(error, target, { method, started: incoming !== null, bytes }));
      drop();
    };
    const late = (): void => {
      // While connecting, the stage that hangs says so itself.
      if (isSent) fail(stalled(target, bytes));
      else setImmediate(() => fail(stalled(target)));
    };
    const onSent = (): void => {
      isSent = true;
      // Called again where the request is sent again: the time counts from then.
      timers.splice(0).forEach(clearTimeout);
      if (answerMs !== undefined) timers.push(setTimeout(late, answerMs));
      if (cutAfterMs !== undefined)
        timers.push(setTimeout(() => (incoming && bytes > 0 ? finish(incoming, true) : late()), cutAfterMs));
    };
    if (deadline.signal.aborted) return fail(stalled(target));
    deadline.signal.addEventListener('abort', late, { once: true });
    origin.request(line, controller.signal, { onSent }).then(answer => {
      incoming = answer;
      const { body, headers, sentAt } = answer;
      body.on('error', fail);
      if (isSettled) return void body.destroy();
      if (refuseLonger && Number(headers['content-length']) > maxBytes) return finish(answer, true);
      body.on('end', () => finish(answer, false));
      body.on('data', (chunk: Buffer) => {
        if (isSettled) return;
        bytes += chunk.length;
        arrivals.push({ atMs: performance.now() - sentAt, bytes });
        chunks.push(chunk);
        if (bytes > maxBytes) finish(answer, true);
      });
    }, fail);
  });
}
