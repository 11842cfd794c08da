import type { Cause, Reason } from '../causes.ts';
import { failureReason, refusalOf } from '../modproxy/refusal.ts';
import { moduleNamed } from './subject.ts';
import type { Verdict } from './verdict.ts';

/** How go writes a status before what the server said: `reading URL: 403 Forbidden` (cmd/go/internal/web `HTTPError`). */
const status = /: ([1-5]\d\d)(?: ([^:()]{1,120}?))? ?(?:\(|server response:|$)/g;

/** Causes of the module itself that a mirror relays: its answer tells the reason all the same. */
const ofModule = new Set<Cause>([
  'unknown-revision',
  'no-matching-version',
  'unrecognized-import-path',
  'module-invalid',
  'path-mismatch',
]);

/** Why the server said no, from what go relays of its answer; null where it does not tell, or none of this is an answer. */
export function reasonOf(verdict: Verdict): Reason | null {
  const { text, bodyAt } = verdict.entry;
  const head = text.slice(0, bodyAt).trimEnd();
  const said = [...head.matchAll(status)].at(-1);
  if (!said) return null;
  const body = text.slice(bodyAt).replace(/^server response:\s*/i, '');
  const answer = { status: Number(said[1]), statusText: said[2] ?? '', headers: {}, text: body };
  if (verdict.cause === 'mirror-upstream-failure') return failureReason(answer, moduleNamed(verdict) ?? '');
  const { cause, reason } = refusalOf(answer, moduleNamed(verdict) ?? '');
  return cause === verdict.cause || ofModule.has(verdict.cause) ? reason : null;
}
