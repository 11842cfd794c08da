import type { Mirror } from '../mirrors/mirror.ts';
import type { Culprit } from './culprit.ts';
import { isPublicPlace } from './stand-in.ts';
import { addressOf } from './subject.ts';
import type { Verdict } from './verdict.ts';

/**
 * What to name as at fault: the culprit that the message spells, but where the fault lies plainly nearer to the reader than the host or
 * the name in the message, that.
 */
export function blamed(verdict: Verdict, known: readonly Mirror[]): Culprit | null {
  const { cause, culprit, entry } = verdict;
  if (cause === 'tls-unknown-authority' && !entry.folded.includes('self') && isOfPublicMirror(verdict, known))
    return { kind: 'machine', value: 'CA bundle' };
  if (cause === 'network-unreachable' && dialsIpv6.test(entry.folded)) return { kind: 'machine', value: 'IPv6' };
  const scheme = cause === 'malformed-module-path' && culprit?.value.match(/^(https?|ssh|git):\/{1,2}/)?.[1];
  return scheme ? { kind: 'argument', value: `${scheme}://` } : culprit;
}

/** A public mirror's certificate is trusted everywhere but where the list of authorities is lacking, or somebody listens in between. */
function isOfPublicMirror(verdict: Verdict, known: readonly Mirror[]): boolean {
  const address = addressOf(verdict);
  return address !== null && isPublicPlace(address, known);
}

const dialsIpv6 = /dial (?:tcp|udp) \[[\da-f:]{2,45}(?:%\w{1,20})?\]:/;
