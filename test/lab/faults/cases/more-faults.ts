import { fault, type LabCase } from '../case.ts';
import {
  answering,
  china,
  corp,
  credentials,
  faulty,
  gitHost,
  goMod,
  host,
  htmlPage,
  library,
  mirror,
  modules,
  onlyMirror,
  own,
  privateProject,
  quoteSum,
  throughMirror,
  withSum,
} from './parts.ts';

const toml = { 'go.mod': goMod(['rsc.io/quote v1.5.2', 'github.com/BurntSushi/toml v1.6.0']) };
const privately = { settings: `${china}GOPRIVATE=${corp}\n`, project: privateProject };
const overSsh = { '.gitconfig': `[url "ssh://git@${corp}/"]\n\tinsteadOf = https://${corp}/\n` };

/** Faults that only some requests, some modules or some tools meet. */
export const moreFaults: readonly LabCase[] = [
  fault('some-module-500', 'the mirror fails at one module of the project', 'mirror-server-error-5xx', mirror, {
    ...throughMirror,
    project: toml,
    hosts: [faulty({ path: '!burnt!sushi', status: 500, body: 'oops\n' })],
  }),
  fault('some-module-403', 'one module of the project is not approved', 'mirror-forbidden-403', mirror, {
    ...throughMirror,
    publicly: 'nothing',
    project: toml,
    hosts: [faulty({ path: '!burnt!sushi', status: 403, body: 'not approved\n' })],
  }),
  fault('some-module-404', 'the mirror lacks one module of the project', 'mirror-not-found-404-410', [mirror, 'toml'], {
    ...onlyMirror,
    project: toml,
    hosts: [faulty({ path: '!burnt!sushi', status: 404, body: 'not found\n' })],
  }),
  fault('some-module-stalled', 'the mirror stalls at one module of the project', 'stalled', mirror, {
    ...throughMirror,
    project: toml,
    hosts: [faulty({ path: '!burnt!sushi', stall: 'before' })],
  }),
  fault(
    'some-module-tampered',
    'the mirror changes one module of the project',
    ['checksum-mismatch-sumdb', 'checksum-mismatch-gosum'],
    [mirror, 'toml'],
    {
      ...throughMirror,
      publicly: 'nothing',
      project: toml,
      hosts: [faulty({ path: 'toml/@v/v1.6.0.zip', tamper: true })],
    },
  ),
  fault('zip-404', 'go.mod files are there, zips are not', 'mirror-not-found-404-410', mirror, {
    ...onlyMirror,
    hosts: [faulty({ path: '.zip', status: 404, body: 'no such blob\n' })],
  }),
  fault('http-418', 'a mirror that moved answers 418', 'mirror-forbidden-403', mirror, {
    ...onlyMirror,
    hosts: [answering(418, "I'm a teapot\n")],
  }),
  fault('http-451', 'forbidden by law', 'mirror-forbidden-403', mirror, {
    ...onlyMirror,
    hosts: [answering(451, 'unavailable\n')],
  }),
  fault('http-520', 'an unknown error of a CDN', 'mirror-server-error-5xx', mirror, {
    ...onlyMirror,
    hosts: [answering(520, htmlPage, 'text/html')],
  }),
  fault(
    'file-missing',
    'GOPROXY is a folder that is not there',
    ['mirror-not-found-404-410', 'goproxy-malformed'],
    '/srv/missing',
    { settings: 'GOPROXY=file:///srv/missing\n', fix: 'nothing' },
  ),
  fault(
    'login-over-http',
    'a login in an http URL, which go does not pass',
    ['mirror-forbidden-403', 'goproxy-malformed', 'insecure-http'],
    ['mirror.example.net', 'GOPROXY'],
    {
      settings: `GOPROXY=http://dev:s3cret@${mirror}\n`,
      hosts: [host(mirror, { role: { kind: 'modules', credentials } }, 80)],
    },
  ),
  fault('login-goauth-off', 'GOAUTH=off keeps netrc from being read', 'mirror-forbidden-403', [mirror, 'GOAUTH'], {
    settings: `${own}GOAUTH=off\n`,
    home: { '.netrc': `machine ${mirror} login dev password s3cret\n` },
    hosts: [host(mirror, modules({ credentials }))],
  }),
  fault('tls-too-old', 'a server that speaks TLS 1.1 only', ['tls-other', 'connection-reset'], mirror, {
    ...throughMirror,
    hosts: [host(mirror, { ...modules(), oldTls: true })],
  }),
  fault('resolv-empty', 'no name server is named', 'dns-failure', ['goproxy.cn', '127.0.0.1', '::1'], {
    settings: china,
    before: ': > {lab}/resolv.conf',
  }),
  fault(
    'private-everything',
    'GOPRIVATE=* sends every module to its origin, behind the wall',
    ['connect-timeout', 'network-unreachable'],
    ['rsc.io', 'GOPRIVATE'],
    { settings: `${china}GOPRIVATE=*\n`, world: 'walled' },
  ),
  fault(
    'noproxy-everything',
    'GONOPROXY names a public host',
    ['connect-timeout', 'network-unreachable'],
    ['rsc.io', 'GONOPROXY'],
    { settings: `${china}GONOPROXY=rsc.io\n`, world: 'walled' },
  ),
  fault(
    'replaced-by-missing-fork',
    'a fork in place of a module, which the mirror lacks',
    ['mirror-not-found-404-410', 'unknown-revision'],
    ['github.com/nobody/quote', 'goproxy.cn'],
    {
      settings: 'GOPROXY=https://goproxy.cn\n',
      project: {
        'go.mod': goMod(['rsc.io/quote v1.5.2'], '1.21', 'replace rsc.io/quote => github.com/nobody/quote v1.5.3\n'),
      },
    },
  ),
  fault(
    'git-config-proxy',
    "git's own configuration names a dead HTTP proxy",
    ['http-proxy-misconfigured', 'connection-refused'],
    ['127.0.0.1', corp],
    {
      ...privately,
      home: { '.gitconfig': '[http]\n\tproxy = http://127.0.0.1:9\n' },
      hosts: [gitHost()],
    },
  ),
  fault('git-authority', 'go knows the authority, git does not', 'tls-unknown-authority', corp, {
    ...privately,
    systemAuthorities: 'none',
    hosts: [gitHost()],
  }),
  fault('git-ssh-refused', 'no SSH server answers', 'connection-refused', corp, {
    ...privately,
    home: overSsh,
    hosts: [gitHost()],
  }),
  fault(
    'git-commit-missing',
    'a commit that is not there',
    ['unknown-revision', 'no-matching-version'],
    [library, 'abcdefabcdef'],
    {
      ...privately,
      project: { 'go.mod': goMod([`${library} v0.0.0-20200101000000-abcdefabcdef`]) },
      hosts: [gitHost()],
    },
  ),
  fault(
    'git-login-and-pattern-missing',
    'GOPRIVATE is missing, and the git server wants a login',
    ['private-auth-missing', 'sumdb-private-module'],
    corp,
    {
      settings: `${china}GOSUMDB=off\n`,
      project: privateProject,
      hosts: [gitHost({ login: 'dev:s3cret' })],
    },
  ),
  fault(
    'sumdb-lookup-404',
    'the database passed through has no record',
    'sumdb-unreachable',
    [mirror, 'sum.golang.org'],
    {
      ...throughMirror,
      hosts: [faulty({ path: '/lookup/', status: 404, body: 'not found\n' })],
    },
  ),
  fault(
    'sumdb-state-garbage',
    'what go remembers of the database is garbage',
    'sumdb-bad-response',
    ['{home}/go/pkg/sumdb', 'sum.golang.org'],
    {
      settings: china,
      before: 'mkdir -p {home}/go/pkg/sumdb/sum.golang.org; echo garbage > {home}/go/pkg/sumdb/sum.golang.org/latest',
    },
  ),
  fault(
    'cache-mod-empty',
    'a go.mod in the cache is empty',
    'modcache-corrupt',
    ['rsc.io/quote', '{home}/go/pkg/mod'],
    {
      settings: china,
      project: withSum,
      before:
        'go mod download; chmod -R u+w {home}/go; : > {home}/go/pkg/mod/cache/download/rsc.io/quote/@v/v1.5.2.mod',
      fix: 'cures',
    },
  ),
  fault(
    'proxy-exempt-lost',
    'NO_PROXY names the mirror, which only the HTTP proxy reaches',
    ['connect-timeout', 'network-unreachable'],
    mirror,
    {
      settings: own,
      env: { HTTPS_PROXY: 'http://proxy.example.net:3128', NO_PROXY: 'example.net' },
      hosts: [host('proxy.example.net', { role: { kind: 'forward' } }, 3128), { names: [mirror], nowhere: 'lost' }],
    },
  ),
  fault(
    'proxy-upper-wins',
    'HTTPS_PROXY is dead, https_proxy is not, and go reads the first',
    'http-proxy-misconfigured',
    ['127.0.0.1:9', 'HTTPS_PROXY'],
    {
      settings: china,
      env: { HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://proxy.example.net:3128' },
      hosts: [host('proxy.example.net', { role: { kind: 'forward' } }, 3128)],
    },
  ),
  fault(
    'goflags-in-workspace',
    'GOFLAGS=-mod=mod in a workspace',
    ['not-a-pull-problem', 'vendor-inconsistent', 'gopath-mode'],
    ['GOFLAGS', '-mod=mod'],
    {
      settings: `${china}GOFLAGS=-mod=mod\n`,
      project: { ...withSum, 'go.work': 'go 1.21\n\nuse .\n' },
      pull: ['list', '-m', 'all'],
    },
  ),
  fault(
    'go-mod-version',
    'a version that is none',
    ['module-invalid', 'not-a-pull-problem', 'malformed-module-path', 'no-matching-version', 'unknown-revision'],
    ['go.mod', 'rsc.io/quote'],
    {
      settings: china,
      project: { 'go.mod': goMod(['rsc.io/quote 1.5.2']) },
    },
  ),
  fault(
    'sum-and-tampered',
    'go.sum is right and the mirror changes a go.mod',
    ['checksum-mismatch-gosum', 'checksum-mismatch-sumdb'],
    [mirror, 'rsc.io/quote'],
    {
      ...throughMirror,
      publicly: 'nothing',
      project: { 'go.mod': goMod(['rsc.io/quote v1.5.2']), 'go.sum': quoteSum },
      hosts: [faulty({ path: '.mod', tamper: true })],
    },
  ),
];
