import { fault, healthy, type LabCase } from '../case.ts';
import { china, corp, credentials, gitHost, goMod, host, library, mirror, modules, own } from './parts.ts';

const proxyName = 'proxy.example.net';
const address = `http://${proxyName}:3128`;
/** Names resolve at the HTTP proxy alone: what goes past it fails. */
const behindProxy = {
  settings: 'GOPROXY=https://goproxy.example.net\n',
  hosts: [
    host(proxyName, { role: { kind: 'forward' } }, 3128),
    { names: ['goproxy.example.net'], dns: 'nxdomain' as const, ports: { 443: modules() } },
  ],
  pullSeconds: 8,
} as const;

/** Logins in netrc that are not read as they were meant, and commands of GOAUTH that fail. */
const netrc: Readonly<Record<string, string>> = {
  bom: `\ufeffmachine ${mirror} login dev password s3cret\n`,
  'no-password': `machine ${mirror} login dev\n`,
  'with-port': `machine ${mirror}:443 login dev password s3cret\n`,
  default: 'default login dev password s3cret\n',
  'upper-case': `machine Mirror.Example.Net login dev password s3cret\n`,
  colon: `machine: ${mirror} login: dev password: s3cret\n`,
  'after-macro': `macdef init\nbin\nmachine ${mirror} login dev password s3cret\n`,
};

export const slips: readonly LabCase[] = [
  ...Object.entries(netrc).map(([name, text]) =>
    fault(
      `netrc-${name}`,
      `a login that go does not find (${name})`,
      ['mirror-forbidden-403', 'private-auth-missing'],
      [mirror, '.netrc'],
      {
        settings: own,
        home: { '.netrc': text },
        hosts: [host(mirror, modules({ credentials }))],
        fix: 'nothing',
      },
    ),
  ),
  fault('goauth-fails', 'the command of GOAUTH fails', 'mirror-forbidden-403', ['GOAUTH', corp, mirror], {
    settings: `${own}GOAUTH=/bin/false\n`,
    hosts: [host(mirror, modules({ credentials }))],
    fix: 'nothing',
  }),
  fault('goauth-missing', 'the command of GOAUTH is not there', 'mirror-forbidden-403', ['GOAUTH', corp, mirror], {
    settings: `${own}GOAUTH=/nonexistent/helper\n`,
    hosts: [host(mirror, modules({ credentials }))],
    fix: 'nothing',
  }),
  fault(
    'goauth-relative',
    'GOAUTH=git wants a folder that is not absolute',
    'private-auth-missing',
    ['GOAUTH', mirror],
    {
      settings: `${own}GOAUTH=git rel/folder\n`,
      hosts: [host(mirror, modules({ credentials }))],
      fix: 'nothing',
    },
  ),
  fault(
    'no-proxy-everything',
    'NO_PROXY=* keeps go from the only way out',
    'http-proxy-misconfigured',
    ['NO_PROXY', 'goproxy.example.net'],
    {
      ...behindProxy,
      env: { HTTPS_PROXY: address, NO_PROXY: '*' },
      fix: 'nothing',
    },
  ),
  fault(
    'no-proxy-mirror',
    'NO_PROXY names the mirror, which the proxy alone reaches',
    'http-proxy-misconfigured',
    ['NO_PROXY', 'no_proxy', 'goproxy.example.net'],
    {
      ...behindProxy,
      env: { https_proxy: address, no_proxy: 'localhost,.example.net' },
      fix: 'nothing',
    },
  ),
  fault(
    'all-proxy-alone',
    'ALL_PROXY is set, which go does not read',
    'http-proxy-misconfigured',
    ['ALL_PROXY', 'goproxy.example.net'],
    {
      ...behindProxy,
      env: { ALL_PROXY: address },
      fix: 'nothing',
    },
  ),
  fault(
    'http-proxy-alone',
    'HTTP_PROXY alone is set, and the mirror is https',
    'http-proxy-misconfigured',
    ['HTTP_PROXY', 'HTTPS_PROXY', 'goproxy.example.net'],
    {
      ...behindProxy,
      env: { HTTP_PROXY: address },
      fix: 'nothing',
    },
  ),
  fault('lost-before-pipe', 'a mirror whose packets vanish, before |', ['connect-timeout', 'stalled'], mirror, {
    settings: `GOPROXY=https://${mirror}|https://goproxy.cn\n`,
    hosts: [{ names: [mirror], nowhere: 'lost' }],
    pullSeconds: 8,
    fix: 'nothing',
  }),
  fault(
    'gomodcache-relative',
    'a relative GOMODCACHE in the environment',
    ['gopath-mode', 'not-a-pull-problem', 'modcache-permission'],
    'GOMODCACHE',
    {
      settings: china,
      env: { GOMODCACHE: 'cache' },
    },
  ),
  fault(
    'gopath-relative',
    'a relative GOPATH in the environment',
    ['gopath-mode', 'not-a-pull-problem', 'modcache-permission'],
    'GOPATH',
    {
      settings: china,
      env: { GOPATH: 'go' },
    },
  ),
  fault('gopath-goroot-is-gone', '$GOROOT is not there', ['not-a-pull-problem', 'go-not-installed'], 'GOROOT', {
    settings: china,
    env: { GOROOT: '/nonexistent/go' },
  }),
  fault('goexperiment', 'GOEXPERIMENT names no experiment', 'not-a-pull-problem', 'GOEXPERIMENT', {
    settings: china,
    env: { GOEXPERIMENT: 'nosuchthing' },
  }),
  fault('goflags-os', 'GOFLAGS in the environment is refused', 'not-a-pull-problem', 'GOFLAGS', {
    settings: china,
    env: { GOFLAGS: 'mod=mod' },
  }),
  fault(
    'go-env-of-goroot',
    "the toolchain's own go.env is empty",
    ['goproxy-malformed', 'gosumdb-malformed', 'not-a-pull-problem'],
    ['go.env', 'GOPROXY', 'GOSUMDB', 'GOROOT'],
    {
      before: 'f=$(go env GOROOT)/go.env; : > {lab}/go.env; mount --bind {lab}/go.env $f',
      fix: 'cures',
    },
  ),
  healthy('ok-sum-to-come', 'go.sum lacks lines that go mod download adds', {
    settings: china,
    project: { 'go.mod': goMod(['rsc.io/quote v1.5.2']), 'go.sum': '' },
  }),
  healthy('ok-no-proxy-needless', 'NO_PROXY names a mirror that is reached without the proxy', {
    settings: china,
    env: { HTTPS_PROXY: 'http://127.0.0.1:7890', NO_PROXY: 'goproxy.cn,sum.golang.org' },
  }),
  healthy('ok-goauth-git-off', 'GOAUTH=off, and a private module that needs no login', {
    settings: `${china}GOPRIVATE=${corp}\nGOAUTH=off\n`,
    project: { 'go.mod': goMod([`${library} v1.0.0`]) },
    hosts: [gitHost()],
  }),
];
