import { parentPort } from 'node:worker_threads';
import { type Body, withSource } from '../modproxy/body.ts';
import { hashZip } from '../modproxy/dirhash.ts';
import { wordsOf } from '../system/network/failure.ts';

/** What the thread is asked and answers, by a number. */
export interface HashRequest {
  id: number;
  body: Body;
}
export type HashAnswer = { id: number } & ({ hash: string } | { error: string });

/** Hashes zips one after another, on a thread that does nothing else. */
let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (request: HashRequest) => {
  last = last.then(async () => parentPort?.postMessage(await answer(request)));
});

async function answer({ id, body }: HashRequest): Promise<HashAnswer> {
  try {
    return { id, hash: await withSource(received(body), source => hashZip(source)) };
  } catch (error) {
    return { id, error: wordsOf(error) };
  }
}

/** A Buffer arrives as a plain array of bytes. */
function received(body: Body): Body {
  if (body.kind === 'disk') return body;
  const { buffer, byteOffset, length } = body.bytes;
  return { ...body, bytes: Buffer.from(buffer, byteOffset, length) };
}
