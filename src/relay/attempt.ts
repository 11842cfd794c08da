import type { Body } from '../modproxy/body.ts';
import { contentFault } from '../modproxy/content.ts';
import { markupOf } from '../modproxy/markup.ts';
import type { ProxyFile } from '../modproxy/proxy-file.ts';
import { refusalOf } from '../modproxy/refusal.ts';
import { codeOf, NetworkFailure, wordsOf } from '../system/network/failure.ts';
import { requestFailure } from '../system/network/request-failure.ts';
import { untrusted } from '../system/text.ts';
import type { Complaint } from './outcome.ts';
import { openPieces } from './pieces.ts';
import type { Pulse } from './pulse.ts';
import type { Spool, SpoolWriter } from './spool.ts';
import { countOne } from './summary.ts';
import type { Upstream, UpstreamReply } from './upstream.ts';
import { longestToldRestMs } from './upstream-health.ts';

/** How one request for a file ended. */
export type AttemptResult =
  | { kind: 'file'; body: Body }
  /** A whole body that is no such file, of a kind that go would take as it is and find out later. */
  | { kind: 'broken'; body: Body; complaint: Complaint }
  | ({ kind: 'not-found'; status: 404 | 410 } & Complaint)
  | ({ kind: 'forbidden'; status: 401 | 403 } & Complaint)
  | ({ kind: 'failed'; restMs?: number } & Complaint);

/** What is seen of an attempt while it is under way. Times as `performance.now()`. */
export interface Progress {
  startedAt: number;
  firstByteAt: number | null;
  lastByteAt: number;
  received: number;
  /** Bytes to come in all, where the server says so. */
  expected: number | null;
  /** Fetches what is left over one connection more, where that can be done; null before the body. */
  split: (() => boolean) | null;
}

/** Go's own limits: `codehost.MaxZipFile`, `codehost.MaxGoMod`. */
const largestBytes = { zip: 500 * 1024 * 1024, other: 16 * 1024 * 1024 };
/** Files of which go takes any bytes from a proxy; with `.info` and `@latest` a wrong body is the proxy's failure (modfetch/proxy.go). */
const goReadsLater = new Set<ProxyFile['kind']>(['mod', 'zip', 'list', 'lookup', 'tree']);
/** So much of an answer that is no file is read, to see why it is none. */
const mostWords = 16 * 1024;
/** What a file is taken for before its length is known. */
export const guessedBytes = (file: ProxyFile): number => (file.kind === 'zip' ? 300_000 : 2000);

/** Asks one upstream for one file, once, and checks what comes. Throws only where the spool breaks. */
export async function attempt(
  upstream: Upstream,
  file: ProxyFile,
  spool: Spool,
  pulse: Pulse,
  progress: Progress,
  options: { signal: AbortSignal; fresh: boolean },
): Promise<AttemptResult> {
  const { health } = upstream;
  const isZip = file.kind === 'zip';
  const load = { left: guessedBytes(file) };
  upstream.requests += 1;
  health.started(load.left, isZip);
  let writer: SpoolWriter | null = null;
  let body: Body | null = null;
  try {
    const sink = spool.writer();
    writer = sink;
    const reply = await upstream.get(file, options.signal, { fresh: options.fresh });
    const now = performance.now();
    progress.firstByteAt = now;
    progress.lastByteAt = now;
    health.answered(now - progress.startedAt);
    if (reply.status !== 200) return await refused(file, reply);
    await receive(reply, sink);
    body = await sink.finish();
    const wrong = await contentFault(file, body);
    if (!wrong) return { kind: 'file', body };
    const complaint: Complaint = { cause: wrong.cause, reason: null, words: untrusted(wrong.words) };
    if (goReadsLater.has(file.kind)) return { kind: 'broken', body, complaint };
    await spool.release(body);
    return { kind: 'failed', ...complaint };
  } catch (error) {
    if (body) await spool.release(body);
    return failureOf(error, upstream, progress);
  } finally {
    health.ended(load.left, isZip);
    await writer?.discard();
  }

  async function receive(reply: UpstreamReply, sink: SpoolWriter): Promise<void> {
    const length = Number(reply.headers['content-length'] ?? Number.NaN);
    const limit = file.kind === 'zip' ? largestBytes.zip : largestBytes.other;
    if (Number.isFinite(length)) {
      progress.expected = length;
      sink.expect(length);
      health.corrected(length, load.left);
      load.left = length;
    }
    const arrived = (bytes: number): void => {
      progress.received += bytes;
      progress.lastByteAt = performance.now();
      pulse.beat();
      upstream.bytes += bytes;
      health.received(bytes);
      load.left -= bytes;
      if (progress.received > limit)
        throw new NetworkFailure('http', 'captive-or-html-response', upstream.name, 'more than go accepts');
    };
    const resumed = (error: unknown): void => {
      upstream.failures += 1;
      countOne(upstream.resumed, failureOf(error, upstream, progress).cause);
    };
    const reading = { first: reply, length: progress.expected, arrived, resumed, signal: options.signal };
    const pieces = openPieces({ upstream, file, spool, ...reading });
    progress.split = pieces.split;
    await pieces.receive(sink);
  }
}

async function refused(file: ProxyFile, reply: UpstreamReply): Promise<AttemptResult> {
  const { status, statusText, headers } = reply;
  const text = await beginning(reply);
  const shown = markupOf(text) ? '' : text;
  const words = untrusted(shown ? `${status}: ${shown}` : String(status));
  const complaint = { ...refusalOf({ status, statusText, headers, text }, file.module), words };
  if (status === 404 || status === 410) return { kind: 'not-found', status, ...complaint };
  if (status === 401 || status === 403) return { kind: 'forbidden', status, ...complaint };
  const restMs = restOf(reply.headers['retry-after']);
  if (restMs === null) return { kind: 'failed', ...complaint };
  const isTooLong = restMs > longestToldRestMs;
  const told = isTooLong ? `${words}; not to be asked again for ${Math.round(restMs / 1000)} s` : words;
  return { kind: 'failed', ...complaint, words: told, restMs };
}

/** What `Retry-After` asks for, seconds or a date, in milliseconds; null where it asks for nothing. */
function restOf(text = ''): number | null {
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** The beginning of a body that says why there is no file; what comes of it, where it breaks off. */
async function beginning(reply: UpstreamReply): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of reply.body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > mostWords) break;
    }
  } catch {
    // The status alone says enough.
  }
  return Buffer.concat(chunks).toString('utf8');
}

function failureOf(
  error: unknown,
  upstream: Upstream,
  { firstByteAt, received }: Progress,
): Extract<AttemptResult, { kind: 'failed' }> {
  if (codeOf(error) === 'ENOSPC')
    return { kind: 'failed', cause: 'disk-full', reason: null, words: untrusted(wordsOf(error)) };
  const seen = { method: 'GET', started: firstByteAt !== null, bytes: received };
  const { cause, message } = requestFailure(error, upstream.name, seen);
  return { kind: 'failed', cause, reason: null, words: untrusted(message) || upstream.name };
}
