import type { Cause } from '../causes.ts';
import type { Body } from '../modproxy/body.ts';
import { contentFault } from '../modproxy/content.ts';
import type { ProxyFile } from '../modproxy/proxy-file.ts';
import { codeOf, NetworkFailure, wordsOf } from '../system/network/failure.ts';
import { untrusted } from '../system/text.ts';
import { header, type Reply } from './network/reply.ts';
import type { Pulse } from './pulse.ts';
import type { Spool } from './spool.ts';
import type { Upstream } from './upstream.ts';

export type AttemptResult =
  | { kind: 'file'; body: Body }
  | { kind: 'not-found'; status: 404 | 410; words: string }
  | { kind: 'forbidden'; status: 401 | 403; words: string }
  | { kind: 'failed'; cause: Cause; words: string; restMs?: number };

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
    if (reply.status !== 200) return await refusal(reply);
    await receiveAll(reply);
    const body = await writer.finish();
    const wrong = await contentFault(file, body);
    if (!wrong) return { kind: 'file', body };
    await spool.release(body);
    return fault(wrong.includes('HTML') ? 'captive-or-html-response' : 'truncated-download', wrong);
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

function fault(cause: Cause, words: string): AttemptResult {
  return { kind: 'failed', cause, words: untrusted(words) };
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

async function refusal(reply: Reply): Promise<AttemptResult> {
  const { status } = reply;
  const words = await plainText(reply);
  if (status === 404 || status === 410) return { kind: 'not-found', status, words };
  if (status === 401 || status === 403) return { kind: 'forbidden', status, words };
  const cause =
    status === 429
      ? 'mirror-rate-limited-429'
      : status === 407
        ? 'http-proxy-misconfigured'
        : 'mirror-server-error-5xx';
  const retryAfter = Number(header(reply, 'retry-after') ?? Number.NaN);
  const rest = Number.isFinite(retryAfter) ? { restMs: Math.min(8000, retryAfter * 1000) } : {};
  return { kind: 'failed', cause, words, ...rest };
}

/** The status, and what a text/plain body says: go shows only those too. */
async function plainText(reply: Reply): Promise<string> {
  let text = '';
  try {
    for await (const chunk of reply.body as AsyncIterable<Buffer>) {
      text += chunk.toString('utf8');
      if (text.length > 2000) break;
    }
  } catch {
    // The status alone says enough.
  }
  const isText = header(reply, 'content-type')?.startsWith('text/plain') ?? false;
  return untrusted(isText && text ? `${reply.status}: ${text}` : String(reply.status));
}

function failureOf(error: unknown, upstream: Upstream, progress: Progress): AttemptResult {
  if (error instanceof NetworkFailure) return { kind: 'failed', cause: error.cause, words: untrusted(error.message) };
  const words = untrusted(wordsOf(error));
  if (codeOf(error) === 'ENOSPC') return { kind: 'failed', cause: 'disk-full', words };
  if (words.startsWith('refusing to pass')) return { kind: 'failed', cause: 'insecure-http', words };
  const cause = progress.received > 0 ? 'truncated-download' : 'connection-reset';
  return { kind: 'failed', cause, words: words || upstream.name };
}
