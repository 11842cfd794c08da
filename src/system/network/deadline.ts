import { setMaxListeners } from 'node:events';

/** A wait that ends: by itself after some time, or with the wait that it is part of. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Milliseconds left, never below 0. */
  remainingMs(): number;
  /** Milliseconds since it was started. */
  elapsedMs(): number;
  /** A shorter wait inside this one. */
  within(ms: number): Deadline;
  /** Must be called in the end: a timer that is left keeps the process alive. */
  clear(): void;
}

/**
 * Starts a deadline. Made of one AbortController and one timer, since `AbortSignal.any` of timeouts is collected as garbage
 * on Node 20 and then never fires.
 */
export function startDeadline(parent: AbortSignal, ms: number): Deadline {
  const controller = new AbortController();
  // Twelve mirrors wait on one signal: no leak, as each removes its listener.
  setMaxListeners(0, parent, controller.signal);
  const started = performance.now();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, Math.max(0, ms));
  if (parent.aborted) abort();
  else parent.addEventListener('abort', abort, { once: true });
  const elapsedMs = (): number => performance.now() - started;
  const remainingMs = (): number => (controller.signal.aborted ? 0 : Math.max(0, ms - elapsedMs()));
  return {
    signal: controller.signal,
    remainingMs,
    elapsedMs,
    within: shorter => startDeadline(controller.signal, Math.min(shorter, remainingMs())),
    clear: () => {
      clearTimeout(timer);
      parent.removeEventListener('abort', abort);
    },
  };
}

/** Settles as `work` does, or rejects with what `late` makes as soon as the signal is aborted. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(late());
    if (signal.aborted) {
      work.catch(() => {});
      return abort();
    }
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Waits, at most until the signal is aborted. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
