import { type Fault, faultAt, faultOfReply } from '../modproxy/fault.ts';
import { markupOf } from '../modproxy/markup.ts';
import type { Reply } from '../system/network/session.ts';
import { untrusted } from '../system/text.ts';

export type ServiceKind =
  | 'go-module-proxy'
  | 'checksum-database'
  | 'pip-index'
  | 'npm-registry'
  | 'maven-repository'
  | 'nexus'
  | 'artifactory'
  | 'docker-registry'
  | 'harbor'
  | 'web-page'
  | 'unknown';

/** What answers at a URL, and whether it serves. */
export interface Service {
  kind: ServiceKind;
  /** Serves, but wants credentials: what its `WWW-Authenticate` asks for. */
  wantsLogin: string | null;
  fault: Fault | null;
}

/** Names what answers from status, headers and the beginning of the body. */
export function serviceOf(asked: URL, reply: Reply | null): Service {
  if (!reply) return { kind: 'unknown', wantsLogin: null, fault: null };
  const kind = kindOf(asked, reply);
  const challenge = reply.status === 401 ? untrusted(reply.headers['www-authenticate'] ?? '') : '';
  const registry = kind === 'docker-registry' || kind === 'harbor';
  // A registry's /v2/ answers 401 with the way to its tokens: that is how it says that it works.
  if (registry && challenge) return { kind, wantsLogin: challenge, fault: null };
  const serves = reply.status >= 200 && reply.status < 300;
  const login = serves && landedOnLogin(asked, reply);
  const fault = login ? faultOfReply(reply, 'captive-or-html-response') : serves ? null : faultAt(reply);
  return { kind, wantsLogin: challenge || null, fault };
}

function kindOf(asked: URL, { headers, body }: Reply): ServiceKind {
  const text = body.subarray(0, 20_000).toString('utf8');
  const type = headers['content-type'] ?? '';
  const path = asked.pathname;
  if (/harbor/i.test(headers['www-authenticate'] ?? '') || 'x-harbor-csrf-token' in headers) return 'harbor';
  if ('docker-distribution-api-version' in headers || /^\/v2\/?$/.test(path)) return 'docker-registry';
  if (/artifactory/i.test(headers.server ?? '') || 'x-artifactory-id' in headers) return 'artifactory';
  if (/nexus/i.test(headers.server ?? '')) return 'nexus';
  if (/pypi\.simple/.test(type) || /<meta name="pypi:repository-version"|<title>Simple [Ii]ndex/.test(text))
    return 'pip-index';
  if (/\/simple\/?$/.test(path) && /<a\s+href=/i.test(text)) return 'pip-index';
  if (/sumdb|^go\.sum database tree/m.test(text) || /\/(lookup|latest|supported)\b/.test(path))
    return 'checksum-database';
  if (/\/@v\/|\/@latest$/.test(path)) return 'go-module-proxy';
  if (/json/.test(type) && /"(db_name|dist-tags)"/.test(text)) return 'npm-registry';
  if (/<metadata|maven-metadata|\/maven2?\//i.test(path + text.slice(0, 500))) return 'maven-repository';
  if (/html/i.test(type) || markupOf(text) === 'html') return 'web-page';
  return 'unknown';
}

/** A gateway that answers in the server's place: another host, with a page that asks to log in. */
function landedOnLogin(asked: URL, { url, headers, body }: Reply): boolean {
  if (url.host === asked.host || !/html/i.test(headers['content-type'] ?? '')) return false;
  return /type=["']?password|login|sign[ -]?in|认证|登录/i.test(url.href + body.subarray(0, 50_000).toString('utf8'));
}
