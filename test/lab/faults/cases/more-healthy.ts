import { healthy, type LabCase } from '../case.ts';
import { china, corp, faulty, goMod, host, htmlPage, library, main, mirror, modules, own, withSum } from './parts.ts';

const proxy = host('proxy.example.net', { role: { kind: 'forward' } }, 3128);

/** Set-ups that a hasty check would accuse. */
export const moreHealthy: readonly LabCase[] = [
  healthy('ok-html-type', 'everything is labelled text/html, which go does not read', {
    settings: own,
    hosts: [faulty({ headers: { 'content-type': 'text/html; charset=utf-8' } })],
  }),
  healthy('ok-html-root', 'a page at the root', {
    settings: own,
    hosts: [host(mirror, modules({ files: { '/': htmlPage } }))],
  }),
  healthy('ok-no-proxy-star', 'NO_PROXY=* before a dead HTTP proxy', {
    settings: china,
    env: { HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '*' },
  }),
  healthy('ok-proxy-upper-wins', 'https_proxy is dead, and go reads HTTPS_PROXY first', {
    settings: china,
    env: { HTTPS_PROXY: 'http://proxy.example.net:3128', https_proxy: 'http://127.0.0.1:9' },
    hosts: [proxy],
  }),
  healthy('ok-query', 'a query behind the address', { settings: 'GOPROXY=https://goproxy.cn?team=a\n' }),
  healthy('ok-duplicates', 'the same mirror twice', {
    settings: 'GOPROXY=https://goproxy.cn,https://goproxy.cn,direct\n',
  }),
  healthy('ok-then-off', 'a mirror, then off', { settings: 'GOPROXY=https://goproxy.cn,off\n' }),
  healthy('ok-last-line-wins', 'a broken line before a good one', {
    settings: `GOPROXY=off\nGOSUMDB=on\n${china}GOSUMDB=sum.golang.org\n`,
  }),
  healthy('ok-pipe-sumdb-500', 'the first mirror of a pipe fails at the database, the second passes it through', {
    settings: `GOPROXY=https://${mirror}|https://goproxy.cn\n`,
    hosts: [faulty({ path: '/sumdb/', status: 500 })],
  }),
  healthy('ok-nosumdb-needed', 'GONOSUMDB names all that is needed, and the database is behind the wall', {
    world: 'walled',
    settings: 'GOPROXY=https://mirrors.aliyun.com/goproxy/\nGONOSUMDB=rsc.io,golang.org\n',
  }),
  healthy('ok-user', 'an ordinary user', { settings: china, user: 4321 }),
  healthy('ok-home-unicode', 'a home folder with spaces and Chinese signs', {
    env: { HOME: '{home}/我的 home' },
    home: { '我的 home/.config/go/env': china },
  }),
  healthy('ok-no-home', 'no HOME', {
    settings: 'GOPROXY=off\n',
    env: { HOME: null, GOPATH: '{home}/gopath', GOCACHE: '{home}/cache', GOPROXY: 'https://goproxy.cn' },
  }),
  healthy('ok-toolchain-own', 'GOTOOLCHAIN names the installed release', {
    settings: china,
    before: 'echo GOTOOLCHAIN=$(go env GOVERSION) >> {home}/.config/go/env',
  }),
  healthy('ok-toolchain-own-auto', 'GOTOOLCHAIN names the installed release or newer', {
    settings: china,
    before: 'echo GOTOOLCHAIN=$(go env GOVERSION)+auto >> {home}/.config/go/env',
  }),
  healthy('ok-vendor-dead-mirror', 'a vendored project and a dead mirror', {
    settings: own,
    project: {
      ...withSum,
      'main.go': main,
      'vendor/modules.txt': '# rsc.io/quote v1.5.2\n## explicit\nrsc.io/quote\n',
      'vendor/rsc.io/quote/quote.go': 'package quote\n',
    },
    hosts: [{ names: [mirror] }],
    pull: ['list', '-deps', './...'],
  }),
  healthy('ok-read-only-project', 'a project that cannot be written, with a complete go.sum', {
    settings: china,
    user: 4321,
    project: withSum,
    before: 'chmod a-w {project}',
    keep: ['{project}'],
  }),
  healthy('ok-private-direct', 'GOPROXY=direct and a git server of the company', {
    settings: `GOPROXY=direct\nGOPRIVATE=${corp}\n`,
    project: { 'go.mod': goMod([`${library} v1.0.0`]) },
    hosts: [
      host(corp, { tls: 'trusted', role: { kind: 'git', repositories: [{ path: '/team/lib', module: library }] } }),
    ],
  }),
  healthy('ok-subpackage-module', 'a module below another one in the same repository path', {
    settings: china,
    project: { 'go.mod': goMod(['github.com/jedib0t/go-pretty/v6 v6.8.3']) },
  }),
  healthy('ok-unused-broken-pattern', 'a pattern that matches nothing, and nothing private is needed', {
    settings: `${china}GOPRIVATE=https://${corp},Corp.Example.com\n`,
  }),
  healthy('ok-sumdb-by-http', 'the database of the company over plain HTTP', {
    settings: `${china}GOSUMDB=sum.golang.org http://sumdb.example.net:8080\n`,
    hosts: [host('sumdb.example.net', { role: { kind: 'sumdb' } }, 8080)],
  }),
  healthy('ok-slow-start', 'the first answer takes two seconds', {
    settings: own,
    hosts: [faulty({ times: 1, delayMs: 2000 })],
    pullSeconds: 30,
  }),
];
