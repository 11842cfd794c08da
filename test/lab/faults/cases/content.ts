import { fault, type LabCase } from '../case.ts';
import {
  answering,
  faulty,
  goMod,
  host,
  htmlPage,
  mirror,
  modules,
  quoteSum,
  throughMirror,
  withLarge,
} from './parts.ts';

const withSum = { project: { 'go.mod': goMod(['rsc.io/quote v1.5.2']), 'go.sum': quoteSum } };
const broken = ['truncated-download', 'captive-or-html-response'] as const;

/** Answers with 200 that are no answers: pages, halves, other bits, silence. */
export const content: readonly LabCase[] = [
  fault('html-everywhere', 'a captive portal in place of the mirror', 'captive-or-html-response', mirror, {
    ...throughMirror,
    hosts: [answering(200, htmlPage, 'text/html')],
  }),
  fault('html-then-pipe', 'a page passes a pipe as an answer', 'captive-or-html-response', mirror, {
    settings: `GOPROXY=https://${mirror}|https://goproxy.cn\n`,
    fix: 'nothing',
    publicly: 'cures',
    hosts: [answering(200, htmlPage, 'text/html')],
  }),
  fault('html-zip', 'a page in place of zips', broken, mirror, {
    ...throughMirror,
    hosts: [faulty({ path: '.zip', status: 200, body: htmlPage })],
  }),
  fault('html-mod', 'a page in place of go.mod files', [...broken, 'checksum-mismatch-sumdb'], mirror, {
    ...throughMirror,
    hosts: [faulty({ path: '.mod', status: 200, body: htmlPage })],
  }),
  fault(
    'html-portal-dns',
    'the network answers every name with its own log-in page',
    ['captive-or-html-response', 'tls-other', 'connection-refused'],
    ['goproxy.cn', 'portal'],
    {
      settings: 'GOPROXY=http://goproxy.cn,direct\n',
      nameServer: 'captive',
      hosts: [host('portal', { role: { kind: 'page', body: htmlPage } }, 80)],
    },
  ),
  fault(
    'html-portal-redirect',
    'every request is sent to a log-in page',
    'captive-or-html-response',
    [mirror, 'portal.example.net'],
    {
      settings: `GOPROXY=http://${mirror},direct\n`,
      fix: 'nothing',
      hosts: [
        host(
          mirror,
          { role: { kind: 'page', status: 302, body: '', headers: { location: 'http://portal.example.net/login' } } },
          80,
        ),
        host('portal.example.net', { role: { kind: 'page', body: htmlPage } }, 80),
      ],
    },
  ),
  fault('html-plain-text', 'the welcome text of another service', 'captive-or-html-response', mirror, {
    ...throughMirror,
    hosts: [answering(200, 'It works!\n')],
  }),
  fault('html-npm', 'a registry of another package manager', 'captive-or-html-response', mirror, {
    ...throughMirror,
    hosts: [answering(200, '{"db_name":"registry","doc_count":1}\n', 'application/json')],
  }),
  fault('html-empty', '200 and nothing', ['captive-or-html-response', 'truncated-download'], mirror, {
    ...throughMirror,
    hosts: [answering(200, '')],
  }),
  fault(
    'redirect-loop',
    'the mirror redirects to itself',
    ['captive-or-html-response', 'mirror-server-error-5xx', 'mirror-upstream-failure'],
    mirror,
    {
      ...throughMirror,
      hosts: [faulty({ status: 302, headers: { location: `https://${mirror}/again` } })],
    },
  ),
  fault(
    'redirect-dead',
    'zips are redirected to a storage that refuses',
    'connection-refused',
    ['cdn.example.net', mirror],
    {
      ...throughMirror,
      hosts: [
        faulty({ path: '.zip', status: 302, headers: { location: 'https://cdn.example.net/zip' } }),
        { names: ['cdn.example.net'] },
      ],
    },
  ),
  fault('stall-headers', 'the mirror takes the request and never answers', 'stalled', mirror, {
    ...throughMirror,
    hosts: [faulty({ stall: 'before' })],
  }),
  fault('stall-headers-pipe', 'a pipe does not help against silence', 'stalled', mirror, {
    settings: `GOPROXY=https://${mirror}|https://goproxy.cn|direct\n`,
    fix: 'nothing',
    publicly: 'cures',
    hosts: [faulty({ stall: 'before' })],
  }),
  fault('stall-body', 'every body stops in the middle', 'stalled', mirror, {
    ...throughMirror,
    hosts: [faulty({ stall: 'body' })],
  }),
  fault('stall-zip', 'zips stop in the middle', 'stalled', mirror, {
    ...throughMirror,
    hosts: [faulty({ path: '.zip', stall: 'body' })],
  }),
  fault('stall-zip-headers', 'zips are never answered', 'stalled', mirror, {
    ...throughMirror,
    hosts: [faulty({ path: '.zip', stall: 'before' })],
  }),
  fault('stall-catalogue', 'goproxy.cn accepts and stalls', 'stalled', 'goproxy.cn', {
    world: 'walled',
    settings: 'GOPROXY=https://goproxy.cn,direct\n',
    fix: 'cures',
    hosts: [host('goproxy.cn', modules({ faults: [{ stall: 'before' }] }))],
  }),
  fault('reset-headers', 'requests are answered with a reset', 'connection-reset', mirror, {
    ...throughMirror,
    hosts: [faulty({ reset: 'before' })],
  }),
  fault('reset-zip', 'zips are answered with a reset', 'connection-reset', mirror, {
    ...throughMirror,
    hosts: [faulty({ path: '.zip', reset: 'before' })],
  }),
  fault('cut-zip', 'zips break off', ['truncated-download', 'connection-reset'], mirror, {
    ...throughMirror,
    hosts: [faulty({ path: '.zip', reset: 'body' })],
  }),
  ...(
    [
      ['breaks', 'break off', { reset: 'body' }, ['truncated-download', 'connection-reset']],
      ['stream', 'have their stream reset', { resetStream: 'body' }, ['truncated-download', 'connection-reset']],
      ['stops', 'stop', { stall: 'body' }, ['stalled', 'truncated-download']],
      ['ends', 'end as if whole', { truncate: true }, ['truncated-download', 'checksum-mismatch-gosum']],
    ] as const
  ).map(([name, words, harm, causes]) =>
    fault(`large-${name}`, `zips of more than 64 kB ${words}`, causes, [mirror, 'golang.org/x/text'], {
      ...throughMirror,
      ...withLarge,
      hosts: [faulty({ path: '.zip', ...harm, keepBytes: 65_536 })],
    }),
  ),
  fault('half-zip', 'zips end after a half as if whole', 'truncated-download', mirror, {
    ...throughMirror,
    hosts: [faulty({ path: '.zip', truncate: true })],
  }),
  fault(
    'half-zip-with-sum',
    'the same in a project with go.sum',
    ['truncated-download', 'checksum-mismatch-gosum'],
    mirror,
    { ...throughMirror, ...withSum, hosts: [faulty({ path: '.zip', truncate: true })] },
  ),
  fault('gzip-broken', 'a header promises gzip', ['truncated-download', 'captive-or-html-response'], mirror, {
    ...throughMirror,
    hosts: [faulty({ status: 200, body: 'this is no gzip\n', headers: { 'content-encoding': 'gzip' } })],
  }),
  fault('tampered-zip', 'the mirror serves other bits', 'checksum-mismatch-sumdb', [mirror, 'rsc.io/quote'], {
    ...throughMirror,
    publicly: 'nothing',
    hosts: [faulty({ path: '.zip', tamper: true })],
  }),
  fault('tampered-mod', 'the mirror serves another go.mod', 'checksum-mismatch-sumdb', [mirror, 'rsc.io/quote'], {
    ...throughMirror,
    publicly: 'nothing',
    hosts: [faulty({ path: '.mod', tamper: true })],
  }),
  fault(
    'tampered-zip-with-sum',
    'the mirror serves other bits than go.sum holds',
    ['checksum-mismatch-gosum', 'checksum-mismatch-sumdb'],
    [mirror, 'rsc.io/quote'],
    {
      ...throughMirror,
      publicly: 'nothing',
      ...withSum,
      hosts: [faulty({ path: '.zip', tamper: true })],
    },
  ),
];
