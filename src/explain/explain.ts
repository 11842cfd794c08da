import type { Reason } from '../causes.ts';
import type { Bytes } from '../system/input.ts';
import { blamed } from './blame.ts';
import { decide } from './decide.ts';
import type { Explanation } from './explanation.ts';
import { fixesFor } from './fixes.ts';
import { readEntries } from './log/read.ts';
import { type Machine, routeHere } from './machine.ts';
import { blocks, reasonOf } from './refusal.ts';
import { isBlock, mayStandAside } from './stand-in.ts';
import { moduleNamed } from './subject.ts';
import type { Verdict } from './verdict.ts';

/** Reads a log to its end and says what it means, as far as a rule knows. */
export async function readVerdict(bytes: Bytes): Promise<Verdict | null> {
  return decide(readEntries(bytes));
}

/** What a verdict means on this machine. */
export function explanationOf(verdict: Verdict | null, machine: Machine): Explanation {
  if (!verdict) return nothing;
  const { rule, cause, confidence, evidence, lineNumber: line } = verdict;
  const reason = reasonOf(verdict);
  const fixes = fixesFor(verdict, reason, machine);
  const deciding = fixes.find(({ code }) =>
    ['git-ask', 'probe', 'route', 'doctor-module', 'doctor'].includes(code),
  )?.command;
  return {
    cause,
    reason,
    culprit: blamed(verdict, machine.known),
    confidence,
    evidence,
    line,
    rule: rule.id,
    advice: adviceFor(verdict, reason, machine),
    alternatives: rule.or && reason === null ? { causes: rule.or, command: deciding ?? 'go-mirror doctor' } : null,
    route: routeHere(moduleNamed(verdict), machine),
    fixes,
  };
}

/** A gateway or a portal has advice of its own: who runs it can be asked, or logged in to. */
function adviceFor(verdict: Verdict, reason: Reason | null, machine: Machine): Explanation['advice'] {
  const isAnswer = isBlock(reason) || (reason === null && blocks(verdict.entry, verdict.shown));
  if (isAnswer) return 'answer';
  return mayStandAside(verdict, machine) ? verdict.cause : 'guarded';
}

const nothing: Explanation = {
  cause: null,
  reason: null,
  culprit: null,
  confidence: null,
  evidence: null,
  line: null,
  rule: null,
  advice: null,
  alternatives: null,
  route: null,
  fixes: [],
};
