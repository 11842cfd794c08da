import { fault, healthy, type LabCase } from '../case.ts';
import {
  answering,
  china,
  corp,
  credentials,
  faulty,
  gitHost,
  goMod,
  host,
  library,
  libraryMade,
  mirror,
  modules,
  own,
  privateProject,
  quoteSum,
  withSum,
} from './parts.ts';

const cached = '{home}/go/pkg/mod/cache/download/rsc.io/quote/@v/v1.5.2.zip';
const behind = 'https://goproxy.cn,direct';
const dead = { names: [mirror] };
const blocked = { status: 403, body: 'blocked by policy: malware found in this version\n' };
const otherBits = faulty({ path: '.zip', tamper: true });
const emptyGate = host('gate.example.net', modules({ empty: true, sumdb: false }));
const wrongBits = ['checksum-mismatch-sumdb', 'checksum-mismatch-gosum'] as const;

/**
 * Who may stand in for whom: a gatekeeper is never led around, whatever it answers and whatever stands behind it; a block and a wrong
 * checksum lead nowhere else, whoever says so; a database of one's own stays.
 */
export const gatekeepers: readonly LabCase[] = [
  fault('gate-dead-comma', 'a dead gatekeeper before a public mirror', 'connection-refused', mirror, {
    settings: `GOPROXY=https://${mirror},${behind}\n`,
    hosts: [dead],
    fix: 'nothing',
  }),
  fault('gate-500-alone', 'a gatekeeper that fails, and nothing behind it', 'mirror-server-error-5xx', mirror, {
    settings: own,
    hosts: [answering(500, 'trouble\n')],
    fix: 'nothing',
  }),
  fault('gate-blocked', 'a gatekeeper blocks a version', 'mirror-forbidden-403', mirror, {
    settings: `GOPROXY=https://${mirror},${behind}\n`,
    hosts: [faulty({ path: 'rsc.io/quote', ...blocked })],
    fix: 'nothing',
  }),
  fault('gate-blocked-some', 'a gatekeeper blocks one module of several', 'mirror-forbidden-403', mirror, {
    settings: `GOPROXY=https://${mirror},${behind}\n`,
    project: { 'go.mod': goMod(['rsc.io/quote v1.5.2', 'github.com/BurntSushi/toml v1.6.0']) },
    hosts: [faulty({ path: '!burnt!sushi', ...blocked })],
    fix: 'nothing',
  }),
  fault('gate-blocked-private', 'a gatekeeper blocks a module whose name is private', 'mirror-forbidden-403', mirror, {
    settings: `GOPROXY=https://${mirror},${behind}\nGOPRIVATE=https://${corp}\nGONOSUMDB=${corp}\n`,
    project: privateProject,
    hosts: [host(mirror, modules({ faults: [{ path: library, ...blocked }] })), gitHost()],
    fix: 'nothing',
  }),
  fault(
    'gate-blocked-env',
    'a gatekeeper of the environment blocks, and the file has a way around',
    'mirror-forbidden-403',
    mirror,
    {
      settings: china,
      env: { GOPROXY: `https://${mirror},direct` },
      hosts: [answering(403, blocked.body)],
      fix: 'nothing',
    },
  ),
  fault('public-blocks', 'a public mirror blocks a version, and others have it', 'mirror-forbidden-403', 'goproxy.cn', {
    settings: 'GOPROXY=https://goproxy.cn,https://mirrors.tencent.com/go/,direct\n',
    hosts: [host('goproxy.cn', modules({ faults: [{ path: 'rsc.io/quote', ...blocked }] }))],
    fix: 'nothing',
  }),
  fault('gate-login', 'a gatekeeper with a login in its URL wants another one', 'mirror-forbidden-403', mirror, {
    settings: `GOPROXY=https://dev:s3cret@${mirror},${behind}\n`,
    hosts: [host(mirror, modules({ credentials: { ...credentials, password: 'newer' } }))],
    fix: 'nothing',
  }),
  fault(
    'gate-other-bits-comma',
    'a gatekeeper serves other bits, a public mirror stands behind',
    wrongBits,
    [mirror, 'rsc.io/quote'],
    {
      settings: `GOPROXY=https://${mirror},${behind}\n`,
      hosts: [otherBits],
      fix: 'nothing',
    },
  ),
  fault('gate-other-bits-pipe', 'the same behind a pipe', wrongBits, [mirror, 'rsc.io/quote'], {
    settings: `GOPROXY=https://${mirror}|https://goproxy.cn|direct\n`,
    hosts: [otherBits],
    fix: 'nothing',
  }),
  fault(
    'gate-database-403',
    'a gatekeeper forbids the checksum database',
    'sumdb-unreachable',
    [mirror, 'sum.golang.org'],
    {
      settings: `GOPROXY=https://${mirror},${behind}\n`,
      hosts: [faulty({ path: '/sumdb/', status: 403, body: 'no\n' })],
      fix: 'nothing',
    },
  ),
  fault(
    'gate-degraded',
    'a mirror of the catalogue that is known to be unreliable is nobody to stand in for',
    'connection-refused',
    'goproxy.io',
    {
      settings: 'GOPROXY=https://goproxy.io,direct\n',
      hosts: [{ names: ['goproxy.io'] }],
      fix: 'nothing',
    },
  ),
  fault(
    'gate-keeps-its-place',
    'a public mirror is dead behind a gatekeeper that has nothing',
    'connection-refused',
    'goproxy.cn',
    {
      settings: 'GOPROXY=https://gate.example.net,https://goproxy.cn,direct\n',
      hosts: [emptyGate, { names: ['goproxy.cn'] }],
      fix: 'cures',
      afterFix: { holds: 'GOPROXY=https://gate.example.net,https://' },
    },
  ),
  fault('gone-mirror', 'a mirror that is gone gives way to the one in its place', 'dns-failure', 'goproxy.baidu.com', {
    settings: 'GOPROXY=https://goproxy.baidu.com,direct\n',
    fix: 'cures',
  }),
  fault(
    'never-was-a-mirror',
    'a host that never had one',
    ['dns-failure', 'mirror-not-found-404-410'],
    'mirrors.tuna.tsinghua.edu.cn',
    {
      settings: 'GOPROXY=https://mirrors.tuna.tsinghua.edu.cn/goproxy\n',
      hosts: [
        host('mirrors.tuna.tsinghua.edu.cn', { tls: 'trusted', role: { kind: 'page', status: 404, body: 'none\n' } }),
      ],
      fix: 'cures',
    },
  ),
  fault(
    'own-database-dead',
    'the database of a company is down',
    'sumdb-unreachable',
    ['sumdb.example.net', 'GOSUMDB'],
    {
      settings: `${china}GOSUMDB=sum.golang.org https://sumdb.example.net\n`,
      hosts: [{ names: ['sumdb.example.net'] }],
      fix: 'nothing',
    },
  ),
  {
    id: 'damage-stuck',
    about: 'a public mirror is dead, and a damaged file of the module cache cannot be removed',
    expect: [
      { cause: 'modcache-corrupt', culprit: cached },
      { cause: 'connection-refused', culprit: 'go-mirror.gitverse.ru' },
    ],
    settings: 'GOPROXY=https://go-mirror.gitverse.ru,direct\n',
    hosts: [{ names: ['go-mirror.gitverse.ru'] }],
    project: {
      'go.mod': goMod(['rsc.io/quote v1.5.2', 'github.com/BurntSushi/toml v1.6.0']),
      'go.sum': quoteSum,
    },
    before: [
      'GOPROXY=https://goproxy.cn go mod download rsc.io/quote@v1.5.2; chmod -R u+w {home}/go',
      `rm -rf {home}/go/pkg/mod/rsc.io; echo x > ${cached}; mount --bind ${cached} ${cached}`,
    ].join('; '),
    afterFix: { holds: 'GOPROXY=https://', says: ['fix-incomplete'], fixed: ['GOPROXY'] },
  },
  healthy('ok-gate-then-public', 'a private module from the gatekeeper, public ones from the mirror behind it', {
    settings: `GOPROXY=https://${mirror},https://goproxy.cn\nGONOSUMDB=${corp}\n`,
    project: privateProject,
    hosts: [host(mirror, modules({ empty: true, sumdb: false, ...libraryMade }))],
    fix: 'nothing',
  }),
  healthy('ok-gate-pipe-403', 'a gatekeeper refuses, and the user himself has put a pipe behind it', {
    settings: `GOPROXY=https://${mirror}|https://goproxy.cn\n`,
    project: withSum,
    hosts: [answering(403, 'not approved\n')],
    fix: 'nothing',
  }),
  healthy('ok-own-database', 'the database of a company, at an address of its own', {
    settings: `${china}GOSUMDB=sum.golang.org https://sumdb.example.net:8443/db\n`,
    hosts: [host('sumdb.example.net', { tls: 'trusted', role: { kind: 'sumdb', basePath: '/db' } }, 8443)],
    fix: 'nothing',
  }),
];
