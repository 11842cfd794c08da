import { parentPort } from 'node:worker_threads';
import { type Body, withSource } from '../modproxy/body.ts';
import { hashZip } from '../modproxy/dirhash.ts';
import { wordsOf } from '../system/network/failure.ts';

/** What the thread is asked, by a number: a body, or the memory of one, which it gives back. */
export type HashRequest = { id: number } & ({ body: Body } | { lent: ArrayBuffer });
export type HashAnswer = { id: number; lent: ArrayBuffer | null } & ({ hash: string } | { error: string });

/** Hashes zips one after another, on a thread that does nothing else. */
let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (request: HashRequest) => {
  last = last.then(async () => {
    const answer = await hashed(request);
    parentPort?.postMessage(answer, answer.lent ? [answer.lent] : []);
  });
});

async function hashed(request: HashRequest): Promise<HashAnswer> {
  const { id } = request;
  const lent = 'lent' in request ? request.lent : null;
  try {
    return { id, lent, hash: await withSource(bodyOf(request), source => hashZip(source)) };
  } catch (error) {
    return { id, lent, error: wordsOf(error) };
  }
}

/** A Buffer arrives as a plain array of bytes. */
function bodyOf(request: HashRequest): Body {
  if ('lent' in request) return { kind: 'memory', bytes: Buffer.from(request.lent), size: request.lent.byteLength };
  const { body } = request;
  if (body.kind === 'disk') return body;
  const { buffer, byteOffset, length } = body.bytes;
  return { ...body, bytes: Buffer.from(buffer, byteOffset, length) };
}
