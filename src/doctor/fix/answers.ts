import { hasGatekeeper, isGatekeeper } from '../../mirrors/gatekeepers.ts';
import type { DoctorFacts } from '../facts.ts';
import { type Finding, isMismatch } from '../finding.ts';

/**
 * Whether a finding is an answer and no fault of a mirror: a wrong checksum, a block whoever says it, or any refusal of somebody who
 * may refuse. Nothing that is proposed or done then leads to another mirror, to the origins, to GOPRIVATE or to a weaker check.
 */
export function isAnswer(
  { cause, reason, status, about }: Finding,
  facts: Pick<DoctorFacts, 'settings' | 'known'>,
): boolean {
  if (status !== 'fail' && status !== 'warn') return false;
  if (isMismatch(cause)) return true;
  if (reason === 'malware' || reason === 'policy') return true;
  if (cause !== 'mirror-forbidden-403') return false;
  return about.mirror === undefined ? hasGatekeeper(facts) : isGatekeeper(facts.known, about.mirror);
}
