import type { RuleSpec } from '../rule.ts';

const mismatch = 'cmd/go/internal/modfetch/fetch.go';
const lookup = 'cmd/go/internal/modfetch/sumdb.go, cmd/go/internal/web/api.go';

/** Hashes of modules that do not agree, and a checksum database whose answers do not verify. */
export const sumdb: readonly RuleSpec[] = [
  {
    id: 'mismatch-gosum',
    cause: 'checksum-mismatch-gosum',
    texts: [
      'checksum mismatch*go.sum: ',
      'checksum mismatch*go.work.sum: ',
      'does not match an earlier download recorded in go.sum',
      'resulting module with sum *expected sum',
    ],
    unless: ['reported by the checksum server'],
    culprit: 'summed-module',
    confidence: 'high',
    source: mismatch,
    since: '1.11',
  },
  {
    id: 'mismatch-sumdb',
    cause: 'checksum-mismatch-sumdb',
    texts: ['checksum mismatch*downloaded: *: h1:', 'does not match the one reported by the checksum server'],
    culprit: 'module',
    confidence: 'high',
    source: mismatch,
    since: '1.13',
  },
  {
    id: 'mismatch-cut',
    cause: 'checksum-mismatch-gosum',
    texts: ['verifying *@v*: checksum mismatch'],
    rank: 'consequence',
    culprit: 'module',
    or: ['checksum-mismatch-sumdb'],
    confidence: 'low',
    source: mismatch,
    since: '1.11',
  },
  {
    id: 'sumdb-unverifiable',
    cause: 'sumdb-bad-response',
    texts: [
      'malformed record data',
      'malformed note',
      'malformed tree note',
      'invalid tree note',
      'reading tree note',
      'note has no verifiable signatures',
      'invalid signature for key',
      'checksum missing from sumdb response',
      'go.sum database server misbehavior detected',
      'downloaded inconsistent tile',
      'cannot authenticate record data',
      'not in tree of size',
      'invalid tile',
      'cannot write key',
      'initializing sumdb.client',
    ],
    culprit: 'host',
    confidence: 'high',
    source: 'golang.org/x/mod/sumdb/{client,note,tlog}; cmd/go/internal/modfetch/sumdb.go',
    since: '1.13',
  },
];

/** Statuses of the database or of a mirror's passthrough to it. They stand behind the rules for what a server relays. */
export const sumdbStatus: readonly RuleSpec[] = [
  {
    id: 'gosumdb-url',
    cause: 'sumdb-unreachable',
    texts: [
      'goproxy.cn/lookup/',
      'goproxy.io/lookup/',
      'aliyun.com/goproxy/lookup/',
      'tencent.com/go/lookup/',
      'huaweicloud.com/repository/goproxy/lookup/',
      'goproxy.baidu.com/lookup/',
    ],
    culprit: 'host',
    confidence: 'high',
    source: lookup,
    since: '1.13',
  },
  {
    id: 'sumdb-passthrough-not-found',
    cause: 'sumdb-unreachable',
    texts: ['/sumdb/*/lookup/*: 404', '/sumdb/*/lookup/*: 410'],
    at: ['sumdb'],
    publicModule: true,
    culprit: 'host',
    or: ['sumdb-private-module'],
    confidence: 'medium',
    source: lookup,
    since: '1.13',
  },
  {
    id: 'sumdb-not-found',
    cause: 'sumdb-private-module',
    texts: ['/lookup/*: 404', '/lookup/*: 410'],
    at: ['sumdb'],
    culprit: 'module',
    or: ['sumdb-unreachable', 'module-invalid'],
    confidence: 'medium',
    source: lookup,
    since: '1.13',
  },
  {
    id: 'sumdb-status',
    cause: 'sumdb-unreachable',
    texts: ['/lookup/', '/supported', '/tile/', '/latest'].flatMap(path => [
      ...['400', '401', '403', '404', '410', '418', '429', '451'].map(status => `${path}*: ${status} `),
      ...['500', '501', '502', '503', '504', '52'].map(status => `${path}*: ${status}`),
    ]),
    at: ['sumdb'],
    culprit: 'host',
    confidence: 'high',
    source: lookup,
    since: '1.13',
  },
];
