/** Lets so many pieces of work go on at a time, the others in the order in which they came. */
export interface Turns {
  /** Resolves when it is one's turn, with what ends it. Rejects when the signal is aborted before. */
  enter(signal: AbortSignal): Promise<() => void>;
  /** How many more may go on at once. */
  readonly free: number;
  /** Changes how many may go on; those that do are left alone. */
  limit(most: number): void;
}

export function openTurns(first: number): Turns {
  let most = first;
  let under = 0;
  const waiting = new Set<() => void>();
  const leave = (): (() => void) => {
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      under -= 1;
      next();
    };
  };
  const next = (): void => {
    for (const start of waiting) {
      if (under >= most) return;
      waiting.delete(start);
      start();
    }
  };
  return {
    enter: signal =>
      new Promise((resolve, reject) => {
        const abort = (): void => {
          waiting.delete(start);
          reject(new Error('aborted'));
        };
        const start = (): void => {
          signal.removeEventListener('abort', abort);
          under += 1;
          resolve(leave());
        };
        if (signal.aborted) return abort();
        signal.addEventListener('abort', abort, { once: true });
        waiting.add(start);
        next();
      }),
    get free() {
      return Math.max(0, most - under - waiting.size);
    },
    limit: count => {
      most = count;
      next();
    },
  };
}
