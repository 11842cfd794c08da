import type { Cause, Reason } from '../causes.ts';
import type { Answer } from '../modproxy/heard.ts';
import { failureReason, refusalOf, tellsOfBlock } from '../modproxy/refusal.ts';
import type { Entry } from './log/entries.ts';
import { type Shown, withShown } from './shown.ts';
import { moduleNamed } from './subject.ts';
import { moduleInUrl, urlsIn } from './tokens.ts';
import type { Verdict } from './verdict.ts';

/** How go writes a status before what the server said: `reading URL: 403 Forbidden` (cmd/go/internal/web `HTTPError`). */
const status =
  /: ([1-5]\d\d)(?: ([^:()]{1,200}?(?:https?:\/\/[^\s()]{1,300})?|-{3,40}>.{1,300}))? ?(?:\(|server response:|$)/gm;

/** A phrase with a colon in it: `401 TF400813: The user …`. */
const longPhrase = /\/@(?:v\/\S{1,500}|latest): ([1-5]\d\d) ([^()]{1,300})$/m;

/** Causes of the module itself that a mirror relays: its answer tells the reason all the same. */
const ofModule = new Set<Cause>([
  'unknown-revision',
  'no-matching-version',
  'unrecognized-import-path',
  'module-invalid',
  'path-mismatch',
]);

/** The verdict with the cause that the table of refusals finds for what a mirror answered, as `doctor` does. */
export function refined(verdict: Verdict): Verdict {
  if (verdict.place !== 'proxy' || !verdict.rule.answer) return verdict;
  const answer = answerIn(verdict);
  if (!answer) return verdict;
  const { cause } = refusalOf(answer, moduleNamed(verdict) ?? '');
  // What keeps a mirror from an origin is told with 404 too.
  const isAbsent = cause === 'mirror-not-found-404-410';
  return isAbsent && verdict.cause === 'mirror-upstream-failure' ? verdict : { ...verdict, cause };
}

/** Why the server said no, from what go relays of its answer; null where it does not tell, or none of this is an answer. */
export function reasonOf(verdict: Verdict): Reason | null {
  const answer = answerIn(verdict);
  if (!answer) return null;
  const module = moduleNamed(verdict) ?? '';
  if (verdict.cause === 'mirror-upstream-failure') return failureReason(answer, module);
  const { cause, reason } = refusalOf(answer, module);
  return cause === verdict.cause || ofModule.has(verdict.cause) ? reason : null;
}

/** Whether a message tells of a block, under whatever status and for whatever was asked. */
export function blocks(entry: Entry, shown: Shown | null): boolean {
  const answer = answerIn({ entry, shown });
  if (!answer) return false;
  const url = urlsIn(entry.text)[0]?.url;
  return tellsOfBlock(answer, (url && moduleInUrl(url)) || '');
}

/** What the server answered, as far as go repeats it, or the log shows it beside; null where the message tells of no answer. */
function answerIn({ entry: { text, bodyAt, lines, starts }, shown }: Pick<Verdict, 'entry' | 'shown'>): Answer | null {
  const own = lines.map((line, index) => line.slice(0, Math.max(0, bodyAt - starts[index]!)).trimEnd()).join('\n');
  const said = [...own.matchAll(status)].at(-1) ?? own.match(longPhrase);
  if (!said) return null;
  const body = text.slice(bodyAt).replace(/^server response:\s*/i, '');
  return withShown({ status: Number(said[1]), statusText: said[2] ?? '', headers: {}, text: body }, shown);
}
