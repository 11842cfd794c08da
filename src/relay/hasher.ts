import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type Body, withSource } from '../modproxy/body.ts';
import { hashZip } from '../modproxy/dirhash.ts';
import type { HashAnswer, HashRequest } from './hash-worker.ts';

/** Hashes zips beside the network's thread, which has its hands full. */
export interface Hasher {
  /** The `h1:` hash. Throws where go's own would fail. Nobody may read the body meanwhile. */
  zip(body: Body): Promise<string>;
  close(): void;
}

interface Waiting {
  body: Body;
  resolve(hash: string | Promise<string>): void;
  reject(error: Error): void;
}

/** Where the build puts `hash-worker.ts`; run from its sources the program has no thread for it. */
const file = new URL('../hash-worker.js', import.meta.url);

/** The memory of a body that nothing else lies in: that is lent to the thread, since to copy it would take as long as to hash it. */
function memoryOf(body: Body): ArrayBuffer | null {
  const memory = body.kind === 'memory' ? body.bytes.buffer : null;
  return memory instanceof ArrayBuffer && memory.byteLength === body.size ? memory : null;
}

/**
 * Starts a thread with the first zip. Where none is to be had, or where it dies, zips are hashed here; what was lent to it then is lost, and
 * counts as a copy that is no zip.
 */
export function openHasher(): Hasher {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let isLost = false;
  let asked = 0;
  const here = (body: Body): Promise<string> => withSource(body, source => hashZip(source));
  const lose = (): void => {
    isLost = true;
    for (const { body, resolve } of waiting.values()) resolve(here(body));
    waiting.clear();
  };
  const start = (): Worker => {
    if (!existsSync(file)) throw new Error('not built');
    const started = new Worker(file, { execArgv: [] });
    // Whoever waits for a hash keeps the process alive by other means.
    started.unref();
    return started.on('message', answered).on('error', lose).on('exit', lose);
  };
  const answered = (answer: HashAnswer): void => {
    const { body, resolve, reject } = waiting.get(answer.id) ?? {};
    waiting.delete(answer.id);
    if (body?.kind === 'memory' && answer.lent) body.bytes = Buffer.from(answer.lent);
    if ('hash' in answer) resolve?.(answer.hash);
    else reject?.(new Error(answer.error));
  };
  return {
    zip: body => {
      try {
        if (!isLost) worker ??= start();
      } catch {
        lose();
      }
      if (isLost) return here(body);
      asked += 1;
      const id = asked;
      return new Promise((resolve, reject) => {
        waiting.set(id, { body, resolve, reject });
        const lent = memoryOf(body);
        const request: HashRequest = lent ? { id, lent } : { id, body };
        worker?.postMessage(request, lent ? [lent] : []);
      });
    },
    close: () => {
      waiting.clear();
      isLost = true;
      void worker?.terminate();
    },
  };
}
