import type { Cause } from '../causes.ts';
import { authorityOf, hostAndPort } from '../system/network/connection.ts';
import { NetworkFailure, wordsOf } from '../system/network/failure.ts';
import type { Reply } from '../system/network/session.ts';
import { untrusted } from '../system/text.ts';

/** What is wrong with an answer, or why there is none. */
export interface Fault {
  cause: Cause;
  /** `host:port`, for DNS the host. */
  target: string;
  /** The server's or the system's own words. */
  detail: string;
}

export type FileKind = 'info' | 'mod' | 'zip' | 'list' | 'text';

/** Words by which a mirror tells that it could not get a file itself, or not keep it. */
const ownFetchFailed =
  /dial tcp|i\/o timeout|fetch timed out|timed? ?out|deadline exceeded|connection (?:refused|reset)|no such host|server misbehaving|tls: |x509: |unexpected EOF|bad upstream|upstream|no space left|read-only file system|permission denied|storage|s3:|bucket|database is locked|unable to access|could not read|exit status 128|RPC failed|proxyconnect|EOF\b|git ls-remote|git fetch|internal error/i;

/** What a plain gateway writes about itself: the names of the statuses. */
const statusNames = /\b(?:50\d\s+)?(?:internal server error|bad gateway|service unavailable|gateway time-?out)\b/gi;

/** Judges an answer as go would: only 200 is a file. Null where nothing is wrong with its status and kind. */
export function replyFault(reply: Reply, kind: FileKind): Fault | null {
  if (reply.status !== 200) return faultAt(reply, causeOfStatus(reply.status, reply));
  const broken = isHtml(reply) || (kind === 'info' && !parsesAsJson(reply.body));
  return broken ? faultAt(reply, 'captive-or-html-response') : null;
}

/** The cause that a status stands for, with what the body says about it. */
export function causeOfStatus(status: number, reply: Pick<Reply, 'body' | 'headers'>): Cause {
  const text = textOf(reply);
  if (status === 407) return 'http-proxy-misconfigured';
  if (status === 429) return 'mirror-rate-limited-429';
  if (status === 400 && /HTTP request to an HTTPS|plain HTTP request was sent to HTTPS/i.test(text)) {
    return 'captive-or-html-response';
  }
  if (status === 404 || status === 410)
    return ownFetchFailed.test(text) ? 'mirror-upstream-failure' : 'mirror-not-found-404-410';
  if (status === 400 || status >= 500) {
    return !isHtml(reply) && ownFetchFailed.test(text.replace(statusNames, ''))
      ? 'mirror-upstream-failure'
      : 'mirror-server-error-5xx';
  }
  if (status === 405 || status < 400) return 'captive-or-html-response';
  return 'mirror-forbidden-403';
}

/** A fault of an answer, in the server's words. */
export function faultAt(reply: Reply, cause: Cause): Fault {
  const target = authorityOf(hostAndPort(reply.url));
  return { cause, target, detail: untrusted(`${reply.status} ${textOf(reply)}`.trim()) };
}

/** A failure on the way as a fault. Anything that is no `NetworkFailure` is a defect and is thrown on. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof NetworkFailure)) throw error;
  return { cause: error.cause, target: error.target, detail: wordsOf(error) };
}

/** Whether a fault says no more than that this module is not to be had here. */
export function isNotServed(fault: Fault): boolean {
  return fault.cause === 'mirror-not-found-404-410' || fault.cause === 'mirror-forbidden-403';
}

function isHtml({ headers, body }: Pick<Reply, 'headers' | 'body'>): boolean {
  if (/\bhtml\b/i.test(headers['content-type'] ?? '')) return true;
  return /^\s*(<!doctype\s+html|<html|<head|<script)/i.test(body.subarray(0, 200).toString('latin1'));
}

/** The beginning of a body, as text. */
function textOf({ body, headers }: Pick<Reply, 'body' | 'headers'>): string {
  if (/zip|octet-stream|gzip/.test(headers['content-type'] ?? '')) return '';
  const text = body.subarray(0, 4000).toString('utf8');
  return isHtml({ headers, body }) ? (text.match(/<title[^>]*>([^<]*)/i)?.[1] ?? '') : text;
}

function parsesAsJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
