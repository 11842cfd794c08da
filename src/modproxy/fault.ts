import type { Cause, Reason } from '../causes.ts';
import { authorityOf, hostAndPort } from '../system/network/address.ts';
import { NetworkFailure, wordsOf } from '../system/network/failure.ts';
import type { Reply } from '../system/network/session.ts';
import { untrusted } from '../system/text.ts';
import { markupOf } from './markup.ts';
import { refusalOf } from './refusal.ts';

/** What is wrong with an answer, or why there is none. */
export interface Fault {
  cause: Cause;
  /** Why, where the server tells it. */
  reason: Reason | null;
  /** `host:port`, for DNS the host. */
  target: string;
  /** The server's or the system's own words. */
  detail: string;
}

type FileKind = 'info' | 'mod' | 'zip' | 'list' | 'text';

/** Judges an answer as go would: only 200 is a file. Null where nothing is wrong with its status and kind. */
export function replyFault(reply: Reply, kind: FileKind, module = ''): Fault | null {
  const broken = reply.status !== 200 || isHtml(reply) || (kind === 'info' && !parsesAsJson(reply.body));
  return broken ? faultAt(reply, module) : null;
}

/** What an answer that is no file means, in the server's words. */
export function faultAt(reply: Reply, module = ''): Fault {
  const text = textOf(reply);
  const { status, statusText, headers } = reply;
  const refusal = refusalOf({ status, statusText, headers, text }, module);
  return { ...refusal, ...placed(reply, text) };
}

/** The same with a cause that something else has told. */
export function faultOfReply(reply: Reply, cause: Cause): Fault {
  return { cause, reason: null, ...placed(reply, textOf(reply)) };
}

/** A failure on the way as a fault. Anything that is no `NetworkFailure` is a defect and is thrown on. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof NetworkFailure)) throw error;
  return { cause: error.cause, reason: null, target: error.target, detail: wordsOf(error) };
}

/** Whether a fault says no more than that this module is not to be had here. */
export function isNotServed({ cause }: Fault): boolean {
  return cause === 'mirror-not-found-404-410' || cause === 'mirror-forbidden-403';
}

function placed({ url, status }: Reply, text: string): Pick<Fault, 'target' | 'detail'> {
  const words = markupOf(text) === 'html' ? (text.match(/<title[^>]*>([^<]*)/i)?.[1] ?? '') : text.slice(0, 4000);
  return { target: authorityOf(hostAndPort(url)), detail: untrusted(`${status} ${words}`.trim()) };
}

function isHtml({ headers, body }: Pick<Reply, 'headers' | 'body'>): boolean {
  if (/\bhtml\b/i.test(headers['content-type'] ?? '')) return true;
  return markupOf(body.subarray(0, 1000).toString('latin1')) !== null;
}

/** The beginning of a body, as text; empty for what is none. */
function textOf({ body, headers }: Pick<Reply, 'body' | 'headers'>): string {
  return /zip|octet-stream|gzip/.test(headers['content-type'] ?? '') ? '' : body.subarray(0, 65_536).toString('utf8');
}

function parsesAsJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
