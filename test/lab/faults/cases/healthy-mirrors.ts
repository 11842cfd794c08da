import { healthy, type LabCase } from '../case.ts';
import {
  answering,
  china,
  credentials,
  faulty,
  host,
  htmlPage,
  mirror,
  modules,
  own,
  publicNames,
  withSum,
} from './parts.ts';

/** Mirrors and checksum databases that look broken and serve all that is needed. */
export const healthyMirrors: readonly LabCase[] = [
  healthy('ok-default', "go's own defaults, all servers up"),
  healthy('ok-china', 'goproxy.cn behind the wall', { world: 'walled', settings: china }),
  healthy('ok-aliyun-open', 'a mirror without the checksum database, which is reachable itself', {
    settings: 'GOPROXY=https://mirrors.aliyun.com/goproxy/,direct\n',
  }),
  healthy('ok-aliyun-alias', 'the Chinese alias of the checksum database', {
    world: 'walled',
    settings: 'GOPROXY=https://mirrors.aliyun.com/goproxy/,direct\nGOSUMDB=sum.golang.google.cn\n',
  }),
  healthy('ok-aliyun-through-other', "another mirror's way to the checksum database", {
    world: 'walled',
    settings:
      'GOPROXY=https://mirrors.aliyun.com/goproxy/,direct\nGOSUMDB=sum.golang.org https://goproxy.cn/sumdb/sum.golang.org\n',
  }),
  healthy('ok-aliyun-complete-sum', 'the checksum database is behind the wall, and go.sum has everything', {
    world: 'walled',
    settings: 'GOPROXY=https://mirrors.aliyun.com/goproxy/,direct\n',
    project: withSum,
  }),
  healthy('ok-sumdb-through-second', 'the second mirror passes the checksum database through', {
    world: 'walled',
    settings: 'GOPROXY=https://mirrors.aliyun.com/goproxy/,https://goproxy.cn,direct\n',
  }),
  healthy('ok-pipe-first-dead', 'the first mirror of a pipe refuses', {
    settings: `GOPROXY=https://${mirror}|https://goproxy.cn|direct\n`,
    hosts: [{ names: [mirror] }],
  }),
  healthy('ok-pipe-first-5xx', 'the first mirror of a pipe answers 502', {
    settings: `GOPROXY=https://${mirror}|https://goproxy.cn\n`,
    hosts: [answering(502, 'bad\n')],
  }),
  healthy('ok-pipe-first-nxdomain', 'the first mirror of a pipe has no name', {
    settings: `GOPROXY=https://gone.example.net|https://goproxy.cn\n`,
  }),
  healthy('ok-pipe-first-expired', 'the first mirror of a pipe has an expired certificate', {
    settings: `GOPROXY=https://${mirror}|https://goproxy.cn\n`,
    hosts: [host(mirror, modules({}, 'expired'))],
  }),
  healthy('ok-second-dead', 'a mirror that is never asked refuses', {
    settings: `GOPROXY=https://goproxy.cn,https://${mirror},direct\n`,
    hosts: [{ names: [mirror] }],
  }),
  healthy('ok-gatekeeper-empty', 'a gatekeeper has none of the public modules, and the next one has', {
    settings: `GOPROXY=https://${mirror},https://goproxy.cn\n`,
    hosts: [host(mirror, modules({ empty: true, sumdb: false }))],
  }),
  healthy('ok-catalogue-down', 'other mirrors of the catalogue are down', {
    settings: china,
    hosts: [
      { names: ['goproxy.io'] },
      { names: ['mirrors.aliyun.com'], nowhere: 'lost' },
      { names: ['mirrors.tencent.com'], dns: 'nxdomain' },
      host('repo.huaweicloud.com', { mute: 'stall' }),
    ],
  }),
  healthy('ok-catalogue-silent-dns', 'the names of other mirrors hang in DNS', {
    settings: china,
    hosts: ['goproxy.io', 'mirrors.aliyun.com', 'mirrors.tencent.com', 'repo.huaweicloud.com', '{official}'].map(
      name => ({ names: [name], dns: 'silent' as const }),
    ),
  }),
  healthy('ok-everything-else-down', 'nothing is up but the mirror in effect', {
    settings: own,
    hosts: [host(mirror, modules()), ...publicNames.map(name => ({ names: [name], nowhere: 'lost' as const }))],
  }),
  healthy('ok-athens', 'HEAD is refused but for zips, no ranges, no list of supported databases', {
    settings: own,
    hosts: [host(mirror, modules({ head: 'zip-only' }))],
  }),
  healthy('ok-head-refused', 'HEAD is refused', { settings: own, hosts: [host(mirror, modules({ head: 'refused' }))] }),
  healthy('ok-root-403', 'the root of the mirror is forbidden', {
    settings: own,
    hosts: [faulty({ path: '^/$', status: 403 }, { path: '/@latest', status: 404 })],
  }),
  healthy('ok-no-latest', 'neither @latest nor lists', {
    settings: own,
    hosts: [faulty({ path: '/@latest', status: 404 }, { path: '/@v/list', status: 404 })],
  }),
  healthy('ok-sumdb-not-passed', 'a mirror without the checksum database', {
    settings: own,
    hosts: [host(mirror, modules({ sumdb: false }))],
  }),
  healthy('ok-sumdb-404-page', 'a mirror that has a page with 404 for unknown paths', {
    settings: own,
    hosts: [faulty({ path: '/sumdb/', status: 404, body: htmlPage, headers: { 'content-type': 'text/html' } })],
  }),
  healthy('ok-slow', 'a mirror that takes half a second for everything', {
    settings: own,
    hosts: [faulty({ delayMs: 500 })],
    pullSeconds: 60,
  }),
  healthy('ok-plain', 'a mirror inside the company over plain HTTP', {
    settings: `GOPROXY=http://${mirror}:8081/goproxy/\n`,
    hosts: [host(mirror, { role: { kind: 'modules', basePath: '/goproxy' } }, 8081)],
  }),
  healthy('ok-loopback', 'an Athens on this machine', {
    settings: 'GOPROXY=http://localhost:3000\n',
    hosts: [
      {
        names: ['localhost'],
        addresses: ['127.0.0.1'],
        ports: { 3000: { role: { kind: 'modules', head: 'zip-only' } } },
      },
    ],
  }),
  healthy('ok-file', 'GOPROXY is a folder', {
    settings: 'GOPROXY=file://{lab}/tree\n',
    project: withSum,
    before:
      'GOENV=off go mod download; cp -r {home}/go/pkg/mod/cache/download {lab}/tree; chmod -R u+w {home}/go; rm -rf {home}/go',
  }),
  healthy('ok-netrc', 'a login from netrc', {
    settings: own,
    home: { '.netrc': `machine ${mirror} login dev password s3cret\n` },
    hosts: [host(mirror, modules({ credentials }))],
  }),
  healthy('ok-netrc-port', 'a login from netrc, with the port', {
    settings: `GOPROXY=https://${mirror}:8443/go\n`,
    home: {
      '.netrc': `machine other.example.net login x password y\nmachine ${mirror}:8443\n  login dev\n  password s3cret\n`,
    },
    hosts: [host(mirror, modules({ credentials, basePath: '/go' }), 8443)],
  }),
  healthy('ok-netrc-elsewhere', 'NETRC names the file', {
    settings: own,
    env: { NETRC: '{home}/secrets' },
    home: { secrets: `machine ${mirror} login dev password s3cret\n` },
    hosts: [host(mirror, modules({ credentials }))],
  }),
  healthy('ok-url-login', 'a login in the URL', {
    settings: `GOPROXY=https://dev:s3cret@${mirror}\n`,
    hosts: [host(mirror, modules({ credentials }))],
  }),
  healthy('ok-url-login-escaped', 'a password with escaped signs', {
    settings: `GOPROXY=https://dev:s3cret%40%2F@${mirror}\n`,
    hosts: [host(mirror, modules({ credentials: { user: 'dev', password: 's3cret@/' } }))],
  }),
];
