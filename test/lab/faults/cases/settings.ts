import { fault, type LabCase } from '../case.ts';
import { corp, gitHost, goMod, host, mirror, modules, privateProject } from './parts.ts';

const malformedProxies: Readonly<Record<string, string>> = {
  'missing-scheme': 'localhost',
  'upper-off': 'OFF',
  'upper-direct': 'https://empty.example.net,Direct',
  'absolute-path': '/srv/goproxy',
  ftp: 'ftp://mirror.example.net',
  'file-host': 'file://mirror/share',
  semicolon: 'https://goproxy.cn;direct',
  'space-separated': 'https://goproxy.cn direct',
  quoted: '"https://goproxy.cn,direct"',
  'no-host': 'https://',
  'bad-port': 'https://goproxy.cn:44a3',
  'commas-only': ',',
  'http-colon': 'http:goproxy.cn',
  equals: '=https://goproxy.cn',
};

/** Those that name a place which is no public mirror: nobody may stand in for it, and what was meant is all that is written. */
const namesPlace: Readonly<Record<string, Pick<LabCase, 'fix' | 'afterFix'>>> = {
  'missing-scheme': { fix: 'nothing' },
  'upper-direct': { afterFix: { settings: 'GOPROXY=https://empty.example.net,direct\n' } },
  'absolute-path': { fix: 'nothing' },
  ftp: { fix: 'nothing' },
  'file-host': { fix: 'nothing' },
  'http-colon': { afterFix: { settings: 'GOPROXY=http://goproxy.cn\n' } },
};

const malformedSumdbs: Readonly<Record<string, string>> = {
  'unknown-name': 'sum.example.com',
  'url-alone': 'https://sum.golang.google.cn/',
  on: 'on',
  sha256: 'sum.golang.org+sha256:0123456789abcdef',
  'too-many-fields': 'sum.golang.org a b',
  'gosum-io': 'gosum.io+ce6e7565+AY5qEHUk/qmHc5btzW45JVoENfazw8LielDsaI+lEbq6',
  'mirror-url': 'https://goproxy.cn',
  'upper-off': 'OFF',
  comma: 'sum.golang.org,sum.golang.google.cn',
  'key-damaged': 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn9',
  quoted: '"sum.golang.org"',
};

/** Values that go refuses, or that do not say what was meant. */
export const settings: readonly LabCase[] = [
  ...Object.entries(malformedProxies).map(([name, value]) =>
    fault(
      `goproxy-${name}`,
      `GOPROXY=${value}`,
      ['goproxy-malformed', ...(name === 'equals' ? (['dns-failure'] as const) : [])],
      ['GOPROXY', value],
      {
        settings: `GOPROXY=${value}\n`,
        ...(namesPlace[name] ?? { fix: 'cures' as const }),
        hosts: [host('empty.example.net', modules({ empty: true }))],
      },
    ),
  ),
  fault('goproxy-empty', 'GOPROXY= in the file is a list without entries', 'goproxy-malformed', 'GOPROXY', {
    settings: 'GOPROXY=\n',
    fix: 'cures',
  }),
  fault('goproxy-malformed-os', 'a broken value in the OS environment', 'goproxy-malformed', 'GOPROXY', {
    env: { GOPROXY: 'goproxy' },
  }),
  fault('goproxy-off', 'GOPROXY=off', 'goproxy-off', 'GOPROXY', { settings: 'GOPROXY=off\n', fix: 'cures' }),
  fault(
    'goproxy-off-os',
    'GOPROXY=off in the OS environment hides a good value',
    ['goproxy-off', 'env-overridden'],
    'GOPROXY',
    {
      settings: 'GOPROXY=https://goproxy.cn,direct\n',
      env: { GOPROXY: 'off' },
    },
  ),
  fault('goproxy-off-goroot', "GOPROXY=off in the toolchain's own go.env", 'goproxy-off', 'GOPROXY', {
    before: 'f=$(go env GOROOT)/go.env; sed s/^GOPROXY=.*/GOPROXY=off/ $f > {lab}/go.env; mount --bind {lab}/go.env $f',
    fix: 'cures',
  }),
  fault(
    'goproxy-direct-blocked',
    'direct, and the origins are behind the wall',
    ['connect-timeout', 'network-unreachable'],
    ['rsc.io', 'direct'],
    {
      world: 'walled',
      settings: 'GOPROXY=direct\n',
      fix: 'cures',
    },
  ),
  fault('goproxy-direct-nxdomain', 'direct, and the origins have no name here', 'dns-failure', ['rsc.io', 'direct'], {
    settings: 'GOPROXY=direct\n',
    fix: 'cures',
    hosts: [{ names: ['rsc.io'], dns: 'nxdomain' }],
  }),
  fault(
    'goproxy-os-dead',
    'a dead mirror in the OS environment hides a good one in the file',
    ['connection-refused', 'env-overridden'],
    [`${mirror}:443`, 'GOPROXY'],
    {
      settings: 'GOPROXY=https://goproxy.cn,direct\n',
      env: { GOPROXY: `https://${mirror},direct` },
      hosts: [{ names: [mirror] }],
    },
  ),
  fault('settings-bom', 'a byte order mark hides the first line', 'connect-timeout', '{official}', {
    world: 'walled',
    settings: '\uFEFFGOPROXY=https://goproxy.cn,direct\n',
    fix: 'cures',
  }),
  fault(
    'settings-crlf-private',
    'a carriage return ends the private pattern',
    ['sumdb-private-module', 'mirror-not-found-404-410'],
    ['GOPRIVATE', corp],
    {
      settings: `GOPROXY=https://goproxy.cn,direct\r\nGOPRIVATE=${corp}\r\n`,
      project: privateProject,
      hosts: [gitHost()],
      fix: 'cures',
    },
  ),
  fault(
    'settings-crlf-module-mode',
    'a carriage return behind GO111MODULE=on',
    ['gopath-mode', 'not-a-pull-problem'],
    'GO111MODULE',
    {
      settings: 'GO111MODULE=on\r\n',
      fix: 'cures',
    },
  ),
  fault('settings-export', 'the file is written as a shell file', 'connect-timeout', '{official}', {
    world: 'walled',
    settings: 'export GOPROXY=https://goproxy.cn,direct\n',
    fix: 'cures',
  }),
  fault('settings-duplicate', 'the last of two lines wins', 'goproxy-off', 'GOPROXY', {
    settings: 'GOPROXY=https://goproxy.cn,direct\nGOSUMDB=sum.golang.org\nGOPROXY=off\n',
    fix: 'cures',
  }),
  ...Object.entries(malformedSumdbs).map(([name, value]) =>
    fault(
      `gosumdb-${name}`,
      `GOSUMDB=${value}`,
      ['gosumdb-malformed', ...(name === 'gosum-io' ? (['sumdb-unreachable'] as const) : [])],
      ['GOSUMDB', value],
      {
        settings: `GOPROXY=https://goproxy.cn,direct\nGOSUMDB=${value}\n`,
        fix: 'cures',
        hosts: [{ names: ['gosum.io'], nowhere: 'lost' }],
      },
    ),
  ),
  fault(
    'gosumdb-mirror-as-base',
    "the famous one: a mirror's address in place of the database's",
    ['gosumdb-malformed', 'sumdb-unreachable'],
    ['GOSUMDB', 'goproxy.cn'],
    {
      settings: 'GOPROXY=https://goproxy.cn,direct\nGOSUMDB=sum.golang.org https://goproxy.cn\n',
      fix: 'cures',
    },
  ),
  fault('gosumdb-empty', 'GOSUMDB= in the file', ['gosumdb-malformed'], 'GOSUMDB', {
    settings: 'GOPROXY=https://goproxy.cn,direct\nGOSUMDB=\n',
    fix: 'cures',
  }),
  fault('gosumdb-malformed-os', 'a broken value in the OS environment', 'gosumdb-malformed', 'GOSUMDB', {
    env: { GOSUMDB: 'true' },
  }),
  fault('module-mode-off', 'GO111MODULE=off', 'gopath-mode', 'GO111MODULE', {
    settings: 'GO111MODULE=off\n',
    fix: 'cures',
  }),
  fault('module-mode-off-os', 'GO111MODULE=off in the OS environment', 'gopath-mode', 'GO111MODULE', {
    env: { GO111MODULE: 'off' },
  }),
  fault('module-mode-bogus', 'GO111MODULE=yes', ['gopath-mode', 'not-a-pull-problem'], 'GO111MODULE', {
    settings: 'GO111MODULE=yes\n',
    fix: 'cures',
  }),
  fault(
    'goflags-unknown',
    'GOFLAGS names a flag that is none',
    ['not-a-pull-problem', 'gopath-mode'],
    ['GOFLAGS', '-nosuchflag'],
    { settings: 'GOFLAGS=-nosuchflag\n' },
  ),
  fault('goflags-no-dash', 'GOFLAGS without a dash', ['not-a-pull-problem', 'gopath-mode'], 'GOFLAGS', {
    settings: 'GOFLAGS=mod=mod\n',
  }),
  fault('goflags-vendor', 'GOFLAGS=-mod=vendor and no vendor folder', 'vendor-inconsistent', ['vendor', 'GOFLAGS'], {
    settings: 'GOFLAGS=-mod=vendor\n',
    project: {
      'go.mod': goMod(['rsc.io/quote v1.5.2']),
      'main.go': 'package main\n\nimport _ "rsc.io/quote"\n\nfunc main() {}\n',
    },
    pull: ['build', './...'],
  }),
  fault('go-missing', 'go is not installed', 'go-not-installed', 'go', {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    pull: ['mod', 'download'],
    withoutGo: true,
  }),
];
