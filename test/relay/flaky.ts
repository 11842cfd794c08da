import type { Fault, Recorded } from '../lab/fault.ts';
import type { Random } from './random.ts';

/** What breaks an answer so that the next one may be whole. */
const breaks: readonly Fault[] = [
  { resetStream: 'before' },
  { resetStream: 'body' },
  { goaway: 'before' },
  { goaway: 'after' },
  { reset: 'before' },
  { reset: 'body' },
  { status: 502, body: 'bad gateway\n' },
  { truncate: true },
];

/** Faults that break this share of all answers, each in a way that is drawn. */
export function flaky(random: Random, share: number): Fault[] {
  const drawn = new WeakMap<Recorded, Fault | null>();
  const faultOf = (request: Recorded): Fault | null => {
    const fault = drawn.get(request) ?? (drawn.has(request) || random.next() >= share ? null : random.pick(breaks));
    drawn.set(request, fault);
    return fault;
  };
  return breaks.map(fault => ({ ...fault, path: request => faultOf(request) === fault }));
}
