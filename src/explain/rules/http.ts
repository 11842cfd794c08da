import type { RuleSpec } from '../rule.ts';

const source = 'cmd/go/internal/web/api.go, cmd/go/internal/modfetch/proxy.go';

/**
 * `reading URL: 404 Not Found`; up to Go 1.12 `unexpected status (URL): 404 Not Found`; with -x
 * `# get URL: 404 Not Found (0.1s)`.
 */
const statuses = (...codes: readonly string[]): string[] =>
  codes.flatMap(code => [`/@v/*: ${code}|`, `/@latest*: ${code}|`, `unexpected status (*): ${code}|`]);

/** A hundred statuses from one on, but for some. */
const from = (first: number, but: readonly number[]): string[] =>
  Array.from({ length: 100 }, (_, index) => first + index)
    .filter(code => !but.includes(code))
    .map(String);

/** Statuses of a mirror, and answers that are no module data. */
export const http: readonly RuleSpec[] = [
  {
    id: 'status-429',
    cause: 'mirror-rate-limited-429',
    texts: [...statuses('429'), ': 429 too many requests'],
    culprit: 'host',
    transport: true,
    answer: true,
    confidence: 'high',
    source,
    since: '1.11',
  },
  {
    id: 'status-403',
    cause: 'mirror-forbidden-403',
    texts: [
      ...statuses(...from(400, [400, 404, 408, 410, 414, 425, 429, 499]), '511'),
      'reading http*: 403 forbidden',
      'reading http*: 401 unauthorized',
    ],
    unless: ['go-get=1', 'api.bitbucket.org'],
    culprit: 'host',
    transport: true,
    answer: true,
    or: ['private-auth-missing'],
    confidence: 'high',
    source,
    since: '1.11',
  },
  {
    id: 'status-5xx',
    cause: 'mirror-server-error-5xx',
    texts: [
      ...statuses('400', '408', '425', '499', ...from(500, [511])),
      ...['502 bad gateway', '503 service unavailable', '504 gateway time', '500 internal server error'].map(
        status => `reading http*: ${status}`,
      ),
    ],
    unless: ['go-get=1'],
    culprit: 'host',
    transport: true,
    answer: true,
    confidence: 'high',
    source,
    since: '1.11',
  },
  {
    id: 'status-404',
    cause: 'mirror-not-found-404-410',
    texts: [
      ...statuses('404', '410', '414', '301', '302', '307', '308'),
      'reading http*: 404 not found',
      'reading http*: 410 gone',
      'reading file://*: no such file or directory',
      'reading file://*: not found',
      'reading file://*: 404 not found',
      'reading file://*the system cannot find',
      ': open */@v/*: no such file or directory',
    ],
    unless: ['go-get=1'],
    culprit: 'host',
    transport: true,
    answer: true,
    confidence: 'high',
    source,
    since: '1.11',
  },
  {
    id: 'not-module-data',
    cause: 'captive-or-html-response',
    texts: [
      'invalid response from proxy "*": ',
      "invalid character '*' looking for beginning of value",
      "invalid character '*' after top-level value",
      'proxy returned info for version',
      'server gave http response to https client',
      'first record does not look like a tls handshake',
      'oversized record received',
      'malformed http response',
      'malformed http status code',
      'malformed http version',
      'malformed mime header',
      'ssl routines*wrong version number',
      'unknown directive: <html',
      'unknown directive: <!doctype',
      'parsing go.mod*<!doctype html',
      'stopped after 10 redirects',
    ],
    unless: ['proxyconnect', 'mod/cache/'],
    culprit: 'host',
    transport: true,
    confidence: 'high',
    source: 'cmd/go/internal/modfetch/proxy.go; encoding/json; net/http/client.go; crypto/tls/conn.go',
    since: '1.11',
  },
  {
    id: 'cut-json',
    cause: 'truncated-download',
    texts: ['unexpected end of json input'],
    rank: 'consequence',
    culprit: 'host',
    or: ['unknown-revision', 'captive-or-html-response'],
    confidence: 'medium',
    source: 'encoding/json/scanner.go, by cmd/go/internal/modfetch/proxy.go',
    since: '1.11',
  },
];
