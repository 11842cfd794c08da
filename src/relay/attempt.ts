import type { Cause, Reason } from '../causes.ts';
import type { Body } from '../modproxy/body.ts';
import { contentFault } from '../modproxy/content.ts';
import { markupOf } from '../modproxy/markup.ts';
import type { ProxyFile } from '../modproxy/proxy-file.ts';
import { refusalOf } from '../modproxy/refusal.ts';
import { codeOf, NetworkFailure, wordsOf } from '../system/network/failure.ts';
import { untrusted } from '../system/text.ts';
import { header, type Reply } from './network/reply.ts';
import type { Pulse } from './pulse.ts';
import type { Spool } from './spool.ts';
import type { Upstream } from './upstream.ts';

export type AttemptResult =
  | { kind: 'file'; body: Body }
  | ({ kind: 'not-found'; status: 404 | 410 } & Complaint)
  | ({ kind: 'forbidden'; status: 401 | 403 } & Complaint)
  | ({ kind: 'failed'; restMs?: number } & Complaint);

/** Why there is no file: the cause, the reason where the server tells it, and its own or the system's words, made safe. */
export interface Complaint {
  cause: Cause;
  reason: Reason | null;
  words: string;
}

/** What is seen of an attempt while it is under way. Times as `performance.now()`. */
export interface Progress {
  startedAt: number;
  firstByteAt: number | null;
  lastByteAt: number;
  received: number;
  /** Bytes to come in all, where the server says so. */
  expected: number | null;
}

/** Go's own limits: `codehost.MaxZipFile`, `codehost.MaxGoMod`. */
const largestBytes = { zip: 500 * 1024 * 1024, other: 16 * 1024 * 1024 };
/** A body that breaks off after this much is worth being taken up again, so many times. */
const worthResuming = 256 * 1024;
const mostResumed = 4;
/** So much of an answer that is no file is read, to see why it is none. */
const mostWords = 16 * 1024;
/** What a file is taken for before its length is known. */
export const guessedBytes = (file: ProxyFile): number => (file.kind === 'zip' ? 300_000 : 2000);

/** Asks one upstream for one file, once, and checks what comes. Never throws. */
export async function attempt(
  upstream: Upstream,
  file: ProxyFile,
  spool: Spool,
  pulse: Pulse,
  progress: Progress,
  options: { signal: AbortSignal; fresh: boolean },
): Promise<AttemptResult> {
  const { estimate } = upstream;
  const load = { left: guessedBytes(file) };
  upstream.requests += 1;
  estimate.started(load.left);
  const writer = spool.writer();
  try {
    const reply = await upstream.get(file, options.signal, { fresh: options.fresh });
    const now = performance.now();
    progress.firstByteAt = now;
    progress.lastByteAt = now;
    estimate.answered(now - progress.startedAt);
    if (reply.status !== 200) return await refused(file, reply);
    await receiveAll(reply);
    const body = await writer.finish();
    const wrong = await contentFault(file, body);
    if (!wrong) return { kind: 'file', body };
    await spool.release(body);
    return { kind: 'failed', cause: wrong.cause, reason: null, words: untrusted(wrong.words) };
  } catch (error) {
    return failureOf(error, upstream, progress);
  } finally {
    estimate.ended(load.left);
    await writer.discard();
  }

  /** Takes a body that breaks off up again where it broke off, as long as the upstream gives the rest of the same. */
  async function receiveAll(first: Reply): Promise<void> {
    let reply = first;
    for (let resumed = 0; ; resumed += 1) {
      try {
        return await receive(reply);
      } catch (error) {
        const next = resumed < mostResumed && (await rest(first, upstream, file, progress, options.signal));
        if (!next) throw error;
        upstream.failures += 1;
        reply = next;
      }
    }
  }

  async function receive(reply: Reply): Promise<void> {
    const length = Number(header(reply, 'content-length') ?? Number.NaN);
    const limit = file.kind === 'zip' ? largestBytes.zip : largestBytes.other;
    if (Number.isFinite(length) && progress.expected === null) {
      progress.expected = length;
      estimate.corrected(length, load.left);
      load.left = length;
    }
    for await (const chunk of reply.body as AsyncIterable<Buffer>) {
      progress.received += chunk.length;
      progress.lastByteAt = performance.now();
      pulse.beat();
      upstream.bytes += chunk.length;
      estimate.received(chunk.length);
      load.left -= chunk.length;
      if (progress.received > limit)
        throw new NetworkFailure('http', 'captive-or-html-response', upstream.name, 'more than go accepts');
      await writer.write(chunk);
    }
    if (progress.expected !== null && progress.received !== progress.expected) throw new Error('unexpected EOF');
  }
}

/** The rest of a body, or null where the upstream cannot give exactly that. */
async function rest(
  first: Reply,
  upstream: Upstream,
  file: ProxyFile,
  { received }: Progress,
  signal: AbortSignal,
): Promise<Reply | null> {
  const validator = header(first, 'etag') ?? header(first, 'last-modified');
  if (received < worthResuming || signal.aborted || header(first, 'accept-ranges') === 'none') return null;
  const headers = { range: `bytes=${received}-`, ...(validator ? { 'if-range': validator } : {}) };
  upstream.requests += 1;
  const reply = await upstream.get(file, signal, { headers });
  if (reply.status === 206 && header(reply, 'content-range')?.startsWith(`bytes ${received}-`)) return reply;
  reply.body.on('error', () => {}).destroy();
  return null;
}

async function refused(file: ProxyFile, reply: Reply): Promise<AttemptResult> {
  const { status } = reply;
  const text = await beginning(reply);
  const headers = Object.fromEntries(Object.keys(reply.headers).map(name => [name, header(reply, name) ?? undefined]));
  const shown = markupOf(text) ? '' : text;
  const words = untrusted(shown ? `${status}: ${shown}` : String(status));
  const complaint = { ...refusalOf({ status, headers, text }, file.module), words };
  if (status === 404 || status === 410) return { kind: 'not-found', status, ...complaint };
  if (status === 401 || status === 403) return { kind: 'forbidden', status, ...complaint };
  const retryAfter = Number(header(reply, 'retry-after') ?? Number.NaN);
  const rest = Number.isFinite(retryAfter) ? { restMs: Math.min(8000, retryAfter * 1000) } : {};
  return { kind: 'failed', ...complaint, ...rest };
}

/** The beginning of a body that says why there is no file; what comes of it, where it breaks off. */
async function beginning(reply: Reply): Promise<string> {
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

function failureOf(error: unknown, upstream: Upstream, progress: Progress): AttemptResult {
  const failed = (cause: Cause, words: string): AttemptResult => ({ kind: 'failed', cause, reason: null, words });
  const words = untrusted(wordsOf(error));
  if (error instanceof NetworkFailure) return failed(error.cause, words);
  if (codeOf(error) === 'ENOSPC') return failed('disk-full', words);
  if (words.startsWith('refusing to pass')) return failed('insecure-http', words);
  return failed(progress.received > 0 ? 'truncated-download' : 'connection-reset', words || upstream.name);
}
