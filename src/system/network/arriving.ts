import { Readable } from 'node:stream';

/** A body on its way in. */
export interface Arriving {
  readonly body: Readable;
  push(chunk: Buffer): void;
  end(): void;
  /** What came before is still handed on: a download can be taken up where it broke off. */
  fail(error: Error): void;
}

/** What a transport does when the reader lags behind, or has enough. */
export interface Source {
  pause(): void;
  resume(): void;
  abort(error: Error): void;
}

/** So much may wait to be read before the source is paused. */
const waitingBytes = 256 * 1024;

/** A body that gives every byte that arrived, and only then fails: a stream that is destroyed throws away what waits in it. */
export function arriving(source: Source): Arriving {
  const waiting: Buffer[] = [];
  let bytes = 0;
  let isPaused = false;
  let isWanted = false;
  let end: { error: Error | null } | null = null;
  const body = new Readable({
    // One piece at a time: the next is asked for when this one is taken.
    highWaterMark: 1,
    read: () => {
      isWanted = true;
      give();
    },
    destroy: (error, done) => {
      waiting.length = 0;
      if (!end) source.abort(error ?? new Error('closed'));
      done(error);
    },
  });
  const give = (): void => {
    while (isWanted && waiting.length > 0) {
      const chunk = waiting.shift()!;
      bytes -= chunk.length;
      isWanted = body.push(chunk);
    }
    if (isPaused && bytes < waitingBytes / 2) {
      isPaused = false;
      source.resume();
    }
    if (!isWanted || !end || waiting.length > 0) return;
    if (end.error) body.destroy(end.error);
    else body.push(null);
  };
  const finish = (error: Error | null): void => {
    end ??= { error };
    give();
  };
  return {
    body,
    push: chunk => {
      if (end || body.destroyed) return;
      waiting.push(chunk);
      bytes += chunk.length;
      give();
      if (isPaused || bytes < waitingBytes) return;
      isPaused = true;
      source.pause();
    },
    end: () => finish(null),
    fail: error => finish(error),
  };
}
