import type { Fault } from '../../fault.ts';
import { fault, type LabCase } from '../case.ts';
import type { Host } from '../world/world.ts';
import {
  corp,
  gitHost,
  goMod,
  host,
  htmlPage,
  library,
  mirror,
  modules,
  privateProject,
  throughMirror,
} from './parts.ts';

/** The mirror passes the database through, with this fault. */
const through = (...faults: Fault[]): Host =>
  host(mirror, modules({ faults: faults.map(each => ({ path: '/sumdb/', ...each })) }));
const database = (...faults: Fault[]): Host => ({
  names: ['sum.golang.org'],
  ports: { 443: { tls: 'trusted', role: { kind: 'sumdb', faults } } },
});
const noPassthrough = host(mirror, modules({ sumdb: false }));
const aliyun = { settings: 'GOPROXY=https://mirrors.aliyun.com/goproxy/,direct\n', fix: 'cures' } as const;
const named = [mirror, 'sum.golang.org'];

/** The checksum database: through the mirror, and directly. */
export const sumdb: readonly LabCase[] = [
  fault('sumdb-supported-403', 'the mirror forbids the database', 'sumdb-unreachable', named, {
    ...throughMirror,
    hosts: [through({ status: 403, body: 'no\n' })],
  }),
  fault('sumdb-supported-500', 'the mirror fails at the database', 'sumdb-unreachable', named, {
    ...throughMirror,
    hosts: [through({ status: 500, body: 'trouble\n' })],
  }),
  fault(
    'sumdb-supported-html',
    'the mirror has a page for unknown paths',
    ['sumdb-bad-response', 'sumdb-unreachable', 'captive-or-html-response'],
    named,
    {
      ...throughMirror,
      hosts: [through({ status: 200, body: htmlPage, headers: { 'content-type': 'text/html' } })],
    },
  ),
  fault('sumdb-lookup-500', 'supported, and lookups fail', 'sumdb-unreachable', named, {
    ...throughMirror,
    hosts: [through({ path: '/lookup/', status: 500, body: 'trouble\n' })],
  }),
  fault(
    'sumdb-lookup-410',
    'supported, and lookups are cut with 410',
    ['sumdb-unreachable', 'mirror-upstream-failure'],
    named,
    {
      ...throughMirror,
      hosts: [through({ path: '/lookup/', status: 410, body: 'context deadline exceeded\n' })],
    },
  ),
  fault(
    'sumdb-lookup-html',
    'lookups are answered with a page',
    ['sumdb-bad-response', 'captive-or-html-response'],
    named,
    { ...throughMirror, hosts: [through({ path: '/lookup/', status: 200, body: htmlPage })] },
  ),
  fault('sumdb-lookup-stalled', 'lookups are never answered', ['sumdb-unreachable', 'stalled'], named, {
    ...throughMirror,
    hosts: [through({ path: '/lookup/', stall: 'before' })],
  }),
  fault(
    'sumdb-supported-stalled',
    'the question for the database is never answered',
    ['sumdb-unreachable', 'stalled'],
    named,
    { ...throughMirror, hosts: [through({ stall: 'before' })] },
  ),
  fault('sumdb-lookup-tampered', 'records are changed on the way', 'sumdb-bad-response', named, {
    ...throughMirror,
    hosts: [through({ path: '/lookup/', tamper: true })],
  }),
  fault('sumdb-lookup-reset', 'lookups are reset', ['sumdb-unreachable', 'connection-reset'], named, {
    ...throughMirror,
    hosts: [through({ path: '/lookup/', reset: 'before' })],
  }),
  fault('sumdb-tile-500', 'tiles fail', 'sumdb-unreachable', named, {
    ...throughMirror,
    hosts: [through({ path: '/tile/', status: 500, body: 'trouble\n' })],
  }),
  fault('sumdb-tile-tampered', 'tiles are changed on the way', 'sumdb-bad-response', named, {
    ...throughMirror,
    hosts: [through({ path: '/tile/', tamper: true })],
  }),
  fault(
    'sumdb-other-key',
    'GOSUMDB names another key',
    ['sumdb-bad-response', 'gosumdb-malformed'],
    ['GOSUMDB', 'localhost.localdev/sumdb'],
    {
      settings:
        'GOPROXY=https://goproxy.cn,direct\nGOSUMDB=localhost.localdev/sumdb+00000c67+AcTrnkbUA+TU4heY3hkjiSES/DSQniBqIeQ/YppAUtK6 https://goproxy.cn/sumdb/sum.golang.org\n',
      fix: 'cures',
    },
  ),
  fault(
    'sumdb-blocked',
    'Aliyun does not pass the database through, and it is behind the wall',
    'sumdb-unreachable',
    'sum.golang.org',
    { ...aliyun, world: 'walled' },
  ),
  fault('sumdb-blocked-dns', 'the same, with no such name', ['sumdb-unreachable', 'dns-failure'], 'sum.golang.org', {
    ...aliyun,
    hosts: [{ names: ['sum.golang.org'], dns: 'nxdomain' }],
  }),
  fault('sumdb-refused', 'the same, refused', ['sumdb-unreachable', 'connection-refused'], 'sum.golang.org', {
    ...aliyun,
    hosts: [{ names: ['sum.golang.org'] }],
  }),
  fault(
    'sumdb-tls',
    'the database behind an inspecting gateway',
    ['sumdb-unreachable', 'tls-unknown-authority'],
    'sum.golang.org',
    {
      ...aliyun,
      hosts: [{ names: ['sum.golang.org'], ports: { 443: { tls: 'unknown-authority', role: { kind: 'sumdb' } } } }],
    },
  ),
  fault('sumdb-403', 'the database is forbidden by a gateway', 'sumdb-unreachable', 'sum.golang.org', {
    ...aliyun,
    hosts: [database({ status: 403, body: 'blocked\n' })],
  }),
  fault('sumdb-reset', 'the database is reset', ['sumdb-unreachable', 'connection-reset'], 'sum.golang.org', {
    ...aliyun,
    hosts: [{ names: ['sum.golang.org'], ports: { 443: { mute: 'reset' } } }],
  }),
  fault(
    'sumdb-handshake',
    'the handshake with the database hangs',
    ['sumdb-unreachable', 'tls-handshake-timeout'],
    'sum.golang.org',
    { ...aliyun, hosts: [{ names: ['sum.golang.org'], ports: { 443: { mute: 'stall' } } }] },
  ),
  fault(
    'sumdb-own-mirror-blocked',
    "a company's mirror without the database, behind the wall",
    'sumdb-unreachable',
    'sum.golang.org',
    {
      world: 'walled',
      settings: `GOPROXY=https://${mirror}\n`,
      hosts: [noPassthrough],
      fix: 'cures',
    },
  ),
  fault('sumdb-url-refused', "GOSUMDB's own address refuses", 'sumdb-unreachable', ['sumdb.example.net', 'GOSUMDB'], {
    settings: 'GOPROXY=https://goproxy.cn,direct\nGOSUMDB=sum.golang.org https://sumdb.example.net\n',
    hosts: [{ names: ['sumdb.example.net'] }],
  }),
  fault(
    'sumdb-url-dns',
    "GOSUMDB's own address has no name",
    ['sumdb-unreachable', 'dns-failure'],
    ['sumdb.example.net', 'GOSUMDB'],
    {
      settings: 'GOPROXY=https://goproxy.cn,direct\nGOSUMDB=sum.golang.org https://sumdb.example.net\n',
      fix: 'nothing',
    },
  ),
  fault('sumdb-alias-blocked', 'the Chinese alias is blocked here', 'sumdb-unreachable', 'sum.golang.google.cn', {
    settings: 'GOPROXY=https://goproxy.cn,direct\nGOSUMDB=sum.golang.google.cn\n',
    hosts: [{ names: ['sum.golang.google.cn'], nowhere: 'lost' }],
    fix: 'cures',
  }),
  fault('sumdb-private', 'a private module is looked up in public', 'sumdb-private-module', library, {
    settings: `GOPROXY=https://${mirror}\n`,
    project: privateProject,
    hosts: [host(mirror, modules({ made: { [library]: { 'v1.0.0': {} } } }))],
  }),
  fault('sumdb-private-direct', 'GOPRIVATE is missing', 'sumdb-private-module', library, {
    settings: 'GOPROXY=https://goproxy.cn,direct\n',
    project: privateProject,
    hosts: [gitHost()],
  }),
  fault(
    'sumdb-private-nonosumdb',
    'GONOSUMDB=none takes the database part of GOPRIVATE away',
    'sumdb-private-module',
    [library, corp],
    {
      settings: `GOPROXY=https://goproxy.cn,direct\nGOPRIVATE=${corp}\nGONOSUMDB=none\n`,
      project: privateProject,
      hosts: [gitHost()],
    },
  ),
  fault(
    'sumdb-private-noproxy-only',
    'GONOPROXY alone does not keep the database away',
    'sumdb-private-module',
    [library, corp],
    {
      settings: `GOPROXY=https://goproxy.cn,direct\nGONOPROXY=${corp}\n`,
      project: { 'go.mod': goMod([`${library} v1.0.0`]) },
      hosts: [gitHost()],
    },
  ),
];
