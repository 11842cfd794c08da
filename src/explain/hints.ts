import type { Culprit } from './culprit.ts';
import type { Entry } from './log/entries.ts';
import type { Verdict } from './verdict.ts';

/** What a log shows besides its failures, such as the commands that were typed. */
export interface Hints {
  /** The host of a GOPROXY that was set or printed, or true where the log shows only that there is one. */
  goproxy: string | true | null;
}

/** Notes what a message shows of the settings. */
export function noteHints(entry: Entry, hints: Hints): void {
  const at = entry.folded.indexOf('goproxy=');
  const host = at < 0 ? null : entry.text.slice(at).match(/^.{8}["']?https?:\/\/([\w.-]{1,200}(?::\d{1,5})?)/)?.[1];
  if (host) hints.goproxy = host;
  else if (entry.folded.includes('%goproxy%')) hints.goproxy ??= true;
}

/**
 * `package X: unrecognized import path` are the words of GOPATH mode (cmd/go/internal/get). Where a mirror is set, the
 * connection that failed was one that go should not have made: GOPROXY did not apply.
 */
export function withHints(verdict: Verdict, hints: Hints): Verdict {
  const ignored =
    hints.goproxy &&
    verdict.place === 'page' &&
    verdict.rule.transport &&
    /^(?:package |.{0,20}\/x\/)/.test(verdict.entry.text) &&
    verdict.entry.folded.includes('unrecognized import path');
  if (ignored) return { ...verdict, cause: 'gopath-mode', culprit: { kind: 'variable', value: 'GO111MODULE' } };
  const unnamed = verdict.cause === 'captive-or-html-response' && verdict.culprit?.kind !== 'host';
  if (unnamed && typeof hints.goproxy === 'string') {
    const culprit: Culprit = { kind: 'host', value: hints.goproxy };
    return { ...verdict, culprit };
  }
  return verdict;
}
