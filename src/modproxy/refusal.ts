import type { Cause, Reason } from '../causes.ts';
import { type Answer, type Heard, hear } from './heard.ts';
import { absent } from './refusals/absent.ts';
import { forbidden } from './refusals/forbidden.ts';
import { ownFailure } from './refusals/own-failure.ts';
import type { RefusalRule } from './refusals/rule.ts';

/** What an answer that is no file means. */
export interface Refusal {
  cause: Cause;
  /** Null where the server does not tell. */
  reason: Reason | null;
}

/** What every plain gateway writes about itself: the names of the statuses, and that its own backend is gone. One that go read elsewhere is news. */
const statusNames =
  /\b(?:(?<!\breading\s{1,5}(?:\?go-get=1: )?)50\d\s+)?(?:internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|request time-?out|too early)\b/gi;
const networkLogin = 511;
/** Of the mirror too: it could not read the request, waited in vain for its own side, or is not ready (RFC 9110, 15.5.1 and 15.5.9; RFC 8470). */
const ownFault = new Set([400, 408, 425, 499]);

/**
 * Judges an answer other than a file, by its status, headers and words: only by what the server says, never by names of modules or
 * places in it. `module`: the path that was asked for, which may stand in the text.
 */
export function refusalOf(answer: Answer, module = ''): Refusal {
  const { status } = answer;
  const heard = hear(answer, module);
  if (status === 407) return { cause: 'http-proxy-misconfigured', reason: null };
  if (status === 429) return { cause: 'mirror-rate-limited-429', reason: null };
  if (status === networkLogin) return { cause: 'captive-or-html-response', reason: 'web-filter' };
  if (status === 404 || status === 410) return absence(answer, heard);
  if (ownFault.has(status) || status >= 500) return failure(answer, heard);
  if (status < 400) return { cause: 'captive-or-html-response', reason: inPlaceOf(answer, heard) };
  return { cause: 'mirror-forbidden-403', reason: reasonOf(forbidden, answer, heard) };
}

/** Whether an answer tells of a block (malware, a rule, a company's gateway), whatever its status: nobody may then be led to ask elsewhere. */
export function tellsOfBlock(answer: Answer, module = ''): boolean {
  const rule = applying(forbidden, answer, hear(answer, module));
  if (!rule || !['malware', 'policy', 'web-filter'].includes(rule.reason)) return false;
  return !rule.weak || refusalOf(answer, module).cause === 'mirror-forbidden-403';
}

function absence(answer: Answer, heard: Heard): Refusal {
  const failed = heard.isHtml ? null : applying(ownFailure, answer, heard);
  if (failed && !failed.orAbsent) return { cause: 'mirror-upstream-failure', reason: failed.reason };
  return { cause: 'mirror-not-found-404-410', reason: reasonOf(absent, answer, heard) };
}

function failure(answer: Answer, heard: Heard): Refusal {
  if (/HTTP request to an HTTPS|plain HTTP request was sent to HTTPS/i.test(heard.text)) {
    return { cause: 'captive-or-html-response', reason: null };
  }
  const refused = reasonOf(forbidden, answer, heard);
  if (answer.status === 400 && refused === 'link-expired') return { cause: 'mirror-forbidden-403', reason: refused };
  if (refused === 'web-filter') return { cause: 'captive-or-html-response', reason: refused };
  const isPage = heard.isHtml && heard.by !== 'nexus' && heard.by !== 'artifactory';
  const failed = isPage || heard.by === 'balancer' ? null : applying(ownFailure, answer, beyondStatus(heard));
  return failed
    ? { cause: 'mirror-upstream-failure', reason: failed.reason }
    : { cause: 'mirror-server-error-5xx', reason: null };
}

/** Of an answer that is known to tell of the mirror's own failure: which. */
export function failureReason(answer: Answer, module = ''): Reason | null {
  return reasonOf(ownFailure, answer, beyondStatus(hear(answer, module)));
}

/** What is said besides the name of the status. */
const beyondStatus = (heard: Heard): Heard => ({ ...heard, text: heard.text.replace(statusNames, '') });

/** Something answers in the mirror's place with a page; only a gateway tells that it does. */
function inPlaceOf(answer: Answer, heard: Heard): Reason | null {
  return reasonOf(forbidden, answer, heard) === 'web-filter' ? 'web-filter' : null;
}

function reasonOf(rules: readonly RefusalRule[], answer: Answer, heard: Heard): Reason | null {
  return applying(rules, answer, heard)?.reason ?? null;
}

function applying(rules: readonly RefusalRule[], { status, headers }: Answer, heard: Heard): RefusalRule | undefined {
  const text = heard.text.replace(denied, ' ').replace(unscanned, ' unscanned ');
  return rules.find(
    ({ by, says, header, status: only }) =>
      (!by || (heard.by !== null && by.includes(heard.by))) &&
      (!only || only.includes(status)) &&
      (!header || header[1].test(headers[header[0]] ?? '')) &&
      (!says || says.test(text)),
  );
}

/** What is said not to be: "no known vulnerabilities", "not malicious". */
const denied =
  /\b(?:no|not|non|without|isn't|is not)[- ](?:known |any |considered |classified as )?(?:malicious|malware|vulnerabilit\w*|virus(?:es)?)\b/gi;

/** What is not known yet: "malware scan pending", "not yet scanned for malware". */
const unscanned =
  /\b(?:malware|virus(?:es)?)[- ](?:scan\w*|analysis|check|screening) (?:(?:is|are|still|has|was|been) ){0,3}(?:pending|in progress|running|queued|scheduled|not (?:yet )?(?:complete\w*|finished|done))|\b(?:pending|awaiting|waiting for|queued for|until) (?:the |an? |its )?(?:malware|virus)[- ](?:scan\w*|analysis|check|screening)|\b(?:not|un)(?: yet)?(?: been)? ?(?:scanned|checked|analy[sz]ed) for (?:malware|virus(?:es)?)/gi;
