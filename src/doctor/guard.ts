import type { Deadline } from '../system/network/deadline.ts';
import { wordsOf } from '../system/network/failure.ts';
import type { Finding } from './finding.ts';

/** Runs a part of the gathering so that neither its failure nor its length harms the others. */
export interface Guard {
  /** What the part gives, or `otherwise` where it throws (a finding then says so) or takes longer than all the time. */
  <T>(id: string, work: () => Promise<T>, otherwise: T): Promise<T>;
  readonly crashes: Finding[];
}

export function guardOf(deadline: Deadline): Guard {
  const crashes: Finding[] = [];
  const run = async <T>(id: string, work: () => Promise<T>, otherwise: T): Promise<T> => {
    let leave: (() => void) | undefined;
    const late = new Promise<T>(resolve => {
      leave = () => resolve(otherwise);
      const soon = (): void => void setTimeout(leave!, graceMs);
      if (deadline.signal.aborted) soon();
      else deadline.signal.addEventListener('abort', soon, { once: true });
    });
    try {
      return await Promise.race([work(), late]);
    } catch (error) {
      if (!deadline.signal.aborted) crashes.push(crashOf(id, error));
      return otherwise;
    }
  };
  return Object.assign(run, { crashes });
}

/** What hears of the deadline itself has this long to hand over what it has. */
const graceMs = 60;

export function crashOf(id: string, error: unknown): Finding {
  return {
    code: 'crash',
    status: 'crash',
    cause: null,
    target: id,
    args: { target: id, words: wordsOf(error) },
    remediation: { commands: [], changes: [] },
  };
}
