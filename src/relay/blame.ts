import type { Cause } from '../causes.ts';
import type { Failure } from './outcome.ts';

/** What kept a pull from its files: the cause that most of them met, and what each upstream last said. */
export interface Blame {
  cause: Cause;
  failures: Failure[];
}

/** Null where no upstream failed go in anything: the fault is elsewhere then. */
export function blame(failures: readonly Failure[]): Blame | null {
  const last = new Map<string, Failure>();
  const counts = new Map<Cause, number>();
  for (const failure of failures) {
    const known = last.get(failure.upstream);
    // That another file was not found says less than why this one could not be asked for.
    if (failure.cause === 'mirror-not-found-404-410' && known) continue;
    last.set(failure.upstream, failure);
    counts.set(failure.cause, (counts.get(failure.cause) ?? 0) + 1);
  }
  const [top] = [...counts].sort(([, one], [, other]) => other - one);
  return top ? { cause: top[0], failures: [...last.values()] } : null;
}
