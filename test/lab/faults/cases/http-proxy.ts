import { fault, type LabCase } from '../case.ts';
import type { Port } from '../world/world.ts';
import { corp, gitHost, host, privateProject, publicNames } from './parts.ts';

const name = 'proxy.example.net';
const address = `http://${name}:3128`;
const through = { settings: 'GOPROXY=https://goproxy.cn,direct\n', env: { HTTPS_PROXY: address } };
const culprit = [`${name}:3128`, 'HTTPS_PROXY'];
const proxy = (port: Port) => host(name, port, 3128);
const cause = 'http-proxy-misconfigured';

/** HTTP proxies between the machine and everything else. */
export const httpProxy: readonly LabCase[] = [
  fault('proxy-refused', 'the HTTP proxy is not running', cause, culprit, { ...through, hosts: [{ names: [name] }] }),
  fault('proxy-loopback-refused', 'the local VPN client is not running', cause, ['127.0.0.1:7890', 'HTTPS_PROXY'], {
    ...through,
    env: { HTTPS_PROXY: 'http://127.0.0.1:7890', HTTP_PROXY: 'http://127.0.0.1:7890' },
  }),
  fault('proxy-lower-case', 'https_proxy in lower case', cause, ['127.0.0.1:7890', 'https_proxy'], {
    ...through,
    env: { https_proxy: 'http://127.0.0.1:7890' },
  }),
  fault('proxy-lost', 'packets to the HTTP proxy are dropped', [cause, 'connect-timeout'], culprit, {
    ...through,
    hosts: [{ names: [name], nowhere: 'lost' }],
  }),
  fault('proxy-nxdomain', 'the HTTP proxy has no name', [cause, 'dns-failure'], culprit.concat(name), through),
  fault('proxy-407', 'the HTTP proxy wants a login', cause, culprit, {
    ...through,
    hosts: [proxy({ role: { kind: 'forward', login: 'dev:s3cret' } })],
  }),
  fault('proxy-407-wrong', 'the login for the HTTP proxy is old', cause, culprit, {
    ...through,
    env: { HTTPS_PROXY: `http://dev:s3cret@${name}:3128` },
    hosts: [proxy({ role: { kind: 'forward', login: 'dev:newer' } })],
  }),
  fault('proxy-403', 'the HTTP proxy forbids the mirror', cause, culprit, {
    ...through,
    hosts: [proxy({ role: { kind: 'forward', connect: 403 } })],
  }),
  fault('proxy-502', 'the HTTP proxy does not get through', cause, culprit, {
    ...through,
    hosts: [proxy({ role: { kind: 'forward', connect: 502 } })],
  }),
  fault('proxy-stalled', 'the HTTP proxy accepts and says nothing', [cause, 'stalled'], culprit, {
    ...through,
    hosts: [proxy({ mute: 'stall' })],
  }),
  fault('proxy-reset', 'the HTTP proxy resets', [cause, 'connection-reset'], culprit, {
    ...through,
    hosts: [proxy({ mute: 'reset' })],
  }),
  fault('proxy-closed', 'the HTTP proxy closes', [cause, 'connection-reset'], culprit, {
    ...through,
    hosts: [proxy({ mute: 'close' })],
  }),
  fault('proxy-not-one', 'a web server in place of the HTTP proxy', cause, culprit, {
    ...through,
    hosts: [proxy({ role: { kind: 'page', body: 'hello\n' } })],
  }),
  fault('proxy-scheme', 'https:// to a proxy that speaks plain HTTP', cause, culprit, {
    ...through,
    env: { HTTPS_PROXY: `https://${name}:3128` },
    hosts: [proxy({ role: { kind: 'forward' } })],
  }),
  fault('proxy-malformed', 'an address that is none', cause, ['HTTPS_PROXY', 'proxy:port'], {
    ...through,
    env: { HTTPS_PROXY: 'http://proxy:port' },
  }),
  fault(
    'proxy-socks-dead',
    'a SOCKS proxy that is not running',
    [cause, 'connection-refused'],
    ['127.0.0.1:1080', 'HTTPS_PROXY'],
    { ...through, env: { HTTPS_PROXY: 'socks5://127.0.0.1:1080' } },
  ),
  fault(
    'proxy-intercepting',
    'an inspecting proxy whose authority go does not know',
    'tls-unknown-authority',
    ['goproxy.cn', 'Corp Gateway'],
    { ...through, hosts: [proxy({ role: { kind: 'forward', intercept: 'corporate' } })] },
  ),
  fault(
    'proxy-plain-403',
    'the HTTP proxy forbids a plain mirror',
    [cause, 'mirror-forbidden-403'],
    ['HTTP_PROXY', 'mirror.example.net', name],
    {
      settings: 'GOPROXY=http://mirror.example.net\n',
      env: { HTTP_PROXY: address },
      hosts: [
        proxy({ role: { kind: 'forward', plain: 403 } }),
        host('mirror.example.net', { role: { kind: 'modules' } }, 80),
      ],
    },
  ),
  fault('proxy-plain-refused', 'HTTP_PROXY is dead and the mirror is plain', cause, ['HTTP_PROXY', `${name}:3128`], {
    settings: 'GOPROXY=http://mirror.example.net\n',
    env: { HTTP_PROXY: address },
    hosts: [{ names: [name] }, host('mirror.example.net', { role: { kind: 'modules' } }, 80)],
  }),
  fault(
    'proxy-missing',
    'everything is reached through the HTTP proxy only, and it is not set',
    ['connect-timeout', 'network-unreachable'],
    'goproxy.cn',
    {
      settings: 'GOPROXY=https://goproxy.cn,direct\n',
      hosts: [
        proxy({ role: { kind: 'forward' } }),
        ...publicNames.map(each => ({ names: [each], nowhere: 'lost' as const })),
      ],
    },
  ),
  fault('proxy-git', 'the HTTP proxy does not let through to the git server', cause, [...culprit, corp], {
    settings: `GOPROXY=https://goproxy.cn,direct\nGOPRIVATE=${corp}\n`,
    env: { HTTPS_PROXY: address },
    project: privateProject,
    hosts: [proxy({ role: { kind: 'forward', only: 'goproxy.cn' } }), gitHost()],
  }),
];
