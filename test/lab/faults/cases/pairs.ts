import type { Expected, LabCase } from '../case.ts';
import { corp, faulty, gitHost, goMod, host, library, mirror, modules, privateProject } from './parts.ts';

const pair = (
  id: string,
  about: string,
  expect: readonly [Expected, Expected],
  rest: Omit<LabCase, 'id' | 'about' | 'expect'>,
): LabCase => ({ id: `pair-${id}`, about, expect, ...rest });
const is = (cause: Expected['cause'], ...culprit: string[]): Expected => ({ cause, culprit });

const deadProxy = { HTTPS_PROXY: 'http://127.0.0.1:7890' };
const proxyIsDead = is('http-proxy-misconfigured', '127.0.0.1:7890');
const badSumdb = is('gosumdb-malformed', 'GOSUMDB');
const refused = is('connection-refused', `${mirror}:443`);
const missing = { names: [mirror] };
const own = `GOPROXY=https://${mirror},direct\n`;
const tooNew = goMod(['rsc.io/quote v1.5.2'], '1.99.0');

/** Two faults at once: both are among the first three findings. */
export const pairs: readonly LabCase[] = [
  pair('proxy-gosumdb', 'a dead HTTP proxy and a malformed GOSUMDB', [proxyIsDead, badSumdb], {
    env: deadProxy,
    settings: 'GOPROXY=https://goproxy.cn,direct\nGOSUMDB=sum.golang.org+sha256:00\n',
  }),
  pair('refused-gosumdb', 'a dead mirror and a malformed GOSUMDB', [refused, badSumdb], {
    settings: `${own}GOSUMDB=on\n`,
    hosts: [missing],
    afterFix: { settings: `${own}GOSUMDB=sum.golang.org\n` },
    publicly: 'cures',
  }),
  pair('dns-gosumdb', 'a mirror without a name and a malformed GOSUMDB', [is('dns-failure', mirror), badSumdb], {
    settings: `${own}GOSUMDB=gosum.io\n`,
    afterFix: { settings: `${own}GOSUMDB=sum.golang.org\n` },
    publicly: 'cures',
  }),
  pair('stall-gosumdb', 'a mirror that stalls and a malformed GOSUMDB', [is('stalled', mirror), badSumdb], {
    settings: `${own}GOSUMDB=https://sum.golang.org\n`,
    hosts: [faulty({ stall: 'before' })],
    afterFix: { settings: `${own}GOSUMDB=sum.golang.org\n` },
    publicly: 'cures',
  }),
  pair('off-gosumdb', 'GOPROXY=off and a malformed GOSUMDB', [is('goproxy-off', 'GOPROXY'), badSumdb], {
    settings: 'GOPROXY=off\nGOSUMDB=on\n',
    fix: 'cures',
  }),
  pair('malformed-both', 'GOPROXY and GOSUMDB malformed', [is('goproxy-malformed', 'GOPROXY'), badSumdb], {
    settings: 'GOPROXY=ftp://mirror\nGOSUMDB=on\n',
    afterFix: { settings: 'GOPROXY=ftp://mirror\nGOSUMDB=sum.golang.org\n' },
  }),
  pair(
    'module-mode-off',
    'GO111MODULE=off and GOPROXY=off',
    [is('gopath-mode', 'GO111MODULE'), is('goproxy-off', 'GOPROXY')],
    { settings: 'GO111MODULE=off\nGOPROXY=off\n', fix: 'cures' },
  ),
  pair('module-mode-mirror', 'GO111MODULE=off and a dead mirror', [is('gopath-mode', 'GO111MODULE'), refused], {
    settings: `GO111MODULE=off\n${own}`,
    hosts: [missing],
    afterFix: { settings: own },
    publicly: 'cures',
  }),
  pair(
    'toolchain-mirror',
    'a bogus GOTOOLCHAIN and a dead mirror',
    [is('toolchain-unavailable', 'GOTOOLCHAIN'), refused],
    { settings: `GOTOOLCHAIN=bogus\n${own}`, hosts: [missing] },
  ),
  pair('local-mirror', 'go.mod is too new and the mirror is dead', [is('toolchain-unavailable', '1.99.0'), refused], {
    settings: `GOTOOLCHAIN=local\n${own}`,
    project: { 'go.mod': tooNew },
    hosts: [missing],
  }),
  pair(
    'private-mirror',
    'a broken private pattern and a dead mirror',
    [refused, is(['sumdb-private-module', 'mirror-not-found-404-410'], 'GOPRIVATE', corp)],
    {
      settings: `${own}GOPRIVATE=https://${corp}\n`,
      project: privateProject,
      hosts: [missing, gitHost()],
      afterFix: { settings: `GOPRIVATE=${corp}\n${own}` },
      publicly: 'cures',
    },
  ),
  pair('govcs-mirror', 'GOVCS forbids git and the mirror is dead', [refused, is('govcs-disallowed', 'GOVCS')], {
    settings: `${own}GOPRIVATE=${corp}\nGOVCS=*:off\n`,
    project: privateProject,
    hosts: [missing, gitHost()],
    afterFix: { settings: `GOPRIVATE=${corp}\n${own}GOVCS=${corp}:git,*:off\n` },
    publicly: 'cures',
  }),
  pair(
    'git-login-mirror',
    'the git server wants a login and the mirror is dead',
    [refused, is('private-auth-missing', corp)],
    {
      settings: `${own}GOPRIVATE=${corp}\n`,
      project: privateProject,
      hosts: [missing, gitHost({ login: 'dev:s3cret' })],
    },
  ),
  pair('git-down-gosumdb', 'the git server is down and GOSUMDB malformed', [is('connection-refused', corp), badSumdb], {
    settings: `GOPROXY=https://goproxy.cn\nGOPRIVATE=${corp}\nGOSUMDB=on\n`,
    project: privateProject,
    hosts: [{ names: [corp] }],
  }),
  pair(
    'cache-mirror',
    'the module cache cannot be written and the mirror is dead',
    [refused, is('modcache-permission', '{home}/go')],
    { settings: own, hosts: [missing], user: 4321, before: 'mkdir -p {home}/go/pkg/mod', keep: ['{home}/go'] },
  ),
  pair(
    'full-gosumdb',
    'the disk is full and GOSUMDB malformed',
    [is('disk-full', '{home}/tiny', 'GOMODCACHE'), badSumdb],
    {
      settings: 'GOPROXY=https://goproxy.cn,direct\nGOSUMDB=on\nGOMODCACHE={home}/tiny/mod\n',
      before:
        'mkdir {home}/tiny; mount -t tmpfs -o size=16k none {home}/tiny; head -c 12000 /dev/zero > {home}/tiny/fill',
    },
  ),
  pair('tls-gosumdb', 'an expired certificate and a malformed GOSUMDB', [is('tls-other', mirror), badSumdb], {
    settings: `${own}GOSUMDB=sum.golang.com\n`,
    hosts: [host(mirror, modules({}, 'expired'))],
    afterFix: { settings: `${own}GOSUMDB=sum.golang.org\n` },
    publicly: 'cures',
  }),
  pair(
    'login-private',
    'the mirror wants a login and a private pattern is broken',
    [
      is('mirror-forbidden-403', mirror),
      is(['sumdb-private-module', 'mirror-not-found-404-410'], 'GOPRIVATE', library),
    ],
    {
      settings: `${own}GOPRIVATE=${corp}:443\n`,
      project: privateProject,
      hosts: [host(mirror, modules({ credentials: { user: 'dev', password: 's3cret' } })), gitHost()],
    },
  ),
];
