import type { Deadline } from '../system/network/deadline.ts';
import { wordsOf } from '../system/network/failure.ts';
import type { Crash } from './facts.ts';

/** Runs a part of the gathering so that neither its failure nor its length harms the others. */
export interface Containment {
  /** What the part gives, or `otherwise` where it throws (a crash is noted then) or takes longer than all the time. */
  <T>(id: string, work: () => Promise<T>, otherwise: T): Promise<T>;
  readonly crashes: Crash[];
}

/** What hears of the deadline itself has this long to hand over what it has. */
const graceMs = 60;

/** `keepFor` hears of all work that may go on after its time. */
export function containedBy(deadline: Deadline, keepFor: <T>(work: Promise<T>) => Promise<T>): Containment {
  const crashes: Crash[] = [];
  const run = async <T>(id: string, work: () => Promise<T>, otherwise: T): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    let soon = (): void => {};
    const late = new Promise<T>(resolve => {
      soon = () => {
        timer = setTimeout(() => resolve(otherwise), graceMs);
      };
      if (deadline.signal.aborted) soon();
      else deadline.signal.addEventListener('abort', soon, { once: true });
    });
    try {
      return await Promise.race([keepFor(work()), late]);
    } catch (error) {
      if (!deadline.signal.aborted) crashes.push({ id, words: wordsOf(error) });
      return otherwise;
    } finally {
      clearTimeout(timer);
      deadline.signal.removeEventListener('abort', soon);
    }
  };
  return Object.assign(run, { crashes });
}
