import type { Readable } from 'node:stream';
import { type Body, withSource } from '../modproxy/body.ts';
import type { ProxyFile } from '../modproxy/proxy-file.ts';
import type { Spool, SpoolWriter } from './spool.ts';
import type { Upstream, UpstreamReply } from './upstream.ts';

/** A body on its way in, which may come in several pieces at the same time. */
export interface Pieces {
  /**
   * Asks for the second half of the slowest piece over another connection. False where none takes long, or where the upstream does not
   * say that it gives parts of a file.
   */
  split(): boolean;
  /** Writes the whole body, in its order. Throws what the transport throws, or `unexpected EOF`. */
  receive(sink: SpoolWriter): Promise<void>;
}

export interface PiecesOptions {
  upstream: Upstream;
  file: ProxyFile;
  spool: Spool;
  /** The answer that the body begins with. */
  first: UpstreamReply;
  /** Bytes of the whole body; null where the server does not say. */
  length: number | null;
  /** Called for all that arrives, in whatever order; what it throws ends the body. */
  arrived(bytes: number): void;
  /** Called where a piece broke off by this error, and is taken up again. */
  resumed(error: unknown): void;
  signal: AbortSignal;
  /** A piece that is done in less is left alone; milliseconds. */
  soonMs?: number;
}

/** The bytes from `at` up to `to`, which are still to come. */
interface Piece {
  readonly from: number;
  /** When the first byte came; milliseconds. */
  begunAt: number;
  at: number;
  to: number;
  /** What follows it, and comes at the same time. */
  next: (Piece & { body: Promise<Body> }) | null;
}

/** A piece that breaks off after this much is worth being taken up again, so many times. */
const worthResuming = 256 * 1024;
const mostResumed = 4;
/** A piece that has less than this to bring is left alone, and one that is soon done: it costs a round trip or two to ask for a part. */
const leastPiece = 128 * 1024;
const usuallySoonMs = 600;
/** A body comes in so many pieces at most. */
const mostPieces = 6;
const copyBytes = 256 * 1024;

export function openPieces(options: PiecesOptions): Pieces {
  const { upstream, file, spool, first, length, arrived, resumed, signal, soonMs = usuallySoonMs } = options;
  const head: Piece = {
    from: 0,
    begunAt: performance.now(),
    at: 0,
    to: length ?? Number.POSITIVE_INFINITY,
    next: null,
  };
  const validator = first.headers.etag ?? first.headers['last-modified'];
  let pieces = 1;
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);

  /** What is left of a piece, or null where the upstream cannot give exactly that. */
  const ask = async ({ at, to }: Piece): Promise<UpstreamReply | null> => {
    const range = `bytes=${at}-${Number.isFinite(to) && to !== length ? to - 1 : ''}`;
    upstream.requests += 1;
    const reply = await upstream.get(file, either, {
      headers: { range, ...(validator ? { 'if-range': validator } : {}) },
    });
    if (reply.status === 206 && reply.headers['content-range']?.startsWith(`bytes ${at}-`)) return reply;
    reply.body.on('error', () => {}).destroy();
    return null;
  };
  const read = async (piece: Piece, { body }: UpstreamReply, sink: SpoolWriter): Promise<void> => {
    // The end of the body is waited for: then its connection can be used again.
    const hasEnough = (): boolean => piece.at >= piece.to && piece.next !== null;
    await forEachChunk(body, hasEnough, chunk => {
      const wanted = chunk.length > piece.to - piece.at ? chunk.subarray(0, piece.to - piece.at) : chunk;
      arrived(wanted.length);
      piece.at += wanted.length;
      return sink.write(wanted);
    });
    if (length !== null && piece.at !== piece.to) throw new Error('unexpected EOF');
  };
  /** Takes a piece that breaks off up again where it broke off, as long as the upstream gives the rest of the same. */
  const fill = async (piece: Piece, start: UpstreamReply, sink: SpoolWriter): Promise<void> => {
    let reply = start;
    for (let times = 0; ; times += 1) {
      try {
        return await read(piece, reply, sink);
      } catch (error) {
        const isWorth = piece.at - piece.from >= worthResuming && !either.aborted;
        const next =
          isWorth && times < mostResumed && first.headers['accept-ranges'] !== 'none' ? await ask(piece) : null;
        if (!next) throw error;
        resumed(error);
        reply = next;
      }
    }
  };
  const fetchApart = async (piece: Piece): Promise<Body> => {
    const sink = spool.writer();
    try {
      const reply = await ask(piece);
      if (!reply) throw new Error('no part of the file is to be had');
      await fill(piece, reply, sink);
      return await sink.finish();
    } finally {
      await sink.discard();
    }
  };
  /** The piece that will take longest. */
  const slowest = (): Piece => {
    let found = head;
    for (let piece: Piece | null = head; piece; piece = piece.next) if (leftMs(piece) > leftMs(found)) found = piece;
    return found;
  };
  return {
    split() {
      const piece = slowest();
      const left = piece.to - piece.at;
      const isWorth = left > leastPiece && leftMs(piece) > soonMs && pieces < mostPieces;
      if (length === null || !isWorth || first.headers['accept-ranges'] !== 'bytes') return false;
      pieces += 1;
      const middle = piece.at + Math.ceil(left / 2);
      const half: Piece = { from: middle, begunAt: performance.now(), at: middle, to: piece.to, next: piece.next };
      const body = fetchApart(half);
      body.catch(() => {});
      piece.next = Object.assign(half, { body });
      piece.to = middle;
      return true;
    },
    async receive(sink) {
      let received = head.next;
      try {
        await fill(head, first, sink);
        for (let piece = head.next; piece; piece = piece.next) {
          received = piece;
          const body = await piece.body;
          await copy(body, sink);
          await spool.release(body);
          received = piece.next;
        }
      } catch (error) {
        ended.abort();
        for (let piece = received; piece; piece = piece.next)
          void piece.body.then(
            body => spool.release(body),
            () => {},
          );
        throw error;
      }
    },
  };
}

/**
 * Hands on what comes of a body, until there is enough; a `take` that needs time holds it up. Throws what the body or `take` throws. A loop
 * with `for await` does the same, and costs a large pull a tenth of its processor time.
 */
function forEachChunk(
  body: Readable,
  hasEnough: () => boolean,
  take: (chunk: Buffer) => Promise<void> | null,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      body.destroy();
      reject(error);
    };
    const goOn = (): void => {
      if (hasEnough()) {
        body.destroy();
        resolve();
      } else if (body.isPaused()) body.resume();
    };
    body.on('data', (chunk: Buffer) => {
      try {
        const taking = take(chunk);
        if (!taking) return goOn();
        body.pause();
        taking.then(goOn).catch(fail);
      } catch (error) {
        fail(error);
      }
    });
    body.on('error', fail).once('end', resolve);
    body.once('close', () => reject(new Error('the body was closed')));
  });
}

/** How long a piece takes if it goes on as it did so far; milliseconds. Of one that has brought nothing yet nobody knows. */
function leftMs({ from, begunAt, at, to }: Piece): number {
  return at === from ? 0 : ((to - at) * (performance.now() - begunAt)) / (at - from);
}

async function copy(body: Body, sink: SpoolWriter): Promise<void> {
  await withSource(body, async source => {
    for (let at = 0; at < source.size; at += copyBytes) {
      await sink.write(await source.read(at, Math.min(copyBytes, source.size - at)));
    }
  });
}
