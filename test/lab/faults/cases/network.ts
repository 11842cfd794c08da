import { fault, type LabCase } from '../case.ts';
import { mirror, modules, throughMirror } from './parts.ts';

const hostsFile = (line: string) =>
  `(cat /etc/hosts; echo '${line}') > {lab}/hosts; mount --bind {lab}/hosts /etc/hosts`;
const anyMirror = { settings: 'GOPROXY=https://goproxy.cn,direct\n' };

/** Names and addresses: what happens before a connection stands. */
export const network: readonly LabCase[] = [
  fault('dns-nxdomain', 'the mirror has no such name', 'dns-failure', mirror, {
    ...throughMirror,
    hosts: [{ names: [mirror], dns: 'nxdomain' }],
  }),
  fault('dns-typo', 'a mirror of the catalogue, misspelt', 'dns-failure', 'goproxy.cm', {
    settings: 'GOPROXY=https://goproxy.cm,direct\n',
    fix: 'nothing',
  }),
  fault('dns-missing-colon', 'https// is taken as a host', ['goproxy-malformed', 'dns-failure'], 'GOPROXY', {
    settings: 'GOPROXY=https//goproxy.cn\n',
    fix: 'cures',
  }),
  fault('dns-servfail', 'the name server cannot resolve the mirror', 'dns-failure', mirror, {
    ...throughMirror,
    hosts: [{ names: [mirror], dns: 'servfail' }],
  }),
  fault('dns-refused', 'the name server refuses to say', 'dns-failure', mirror, {
    ...throughMirror,
    hosts: [{ names: [mirror], dns: 'refused' }],
  }),
  fault('dns-silent', 'the name server never answers for the mirror', 'dns-failure', mirror, {
    ...throughMirror,
    hosts: [{ names: [mirror], dns: 'silent' }],
  }),
  fault('dns-empty', 'the name exists and has no address', 'dns-failure', mirror, {
    ...throughMirror,
    hosts: [{ names: [mirror], dns: [] }],
  }),
  fault(
    'dns-server-dead',
    'nothing listens where the name server should be',
    'dns-failure',
    ['goproxy.cn', '10.53.0.53'],
    { ...anyMirror, nameServer: 'dead' },
  ),
  fault('dns-server-lost', 'packets to the name server are dropped', 'dns-failure', ['goproxy.cn', '10.53.0.53'], {
    ...anyMirror,
    nameServer: 'lost',
  }),
  fault('dns-server-silent', 'the name server answers nothing', 'dns-failure', ['goproxy.cn', '10.53.0.53'], {
    ...anyMirror,
    nameServer: 'silent',
  }),
  fault('dns-server-servfail', 'the name server fails at every name', 'dns-failure', ['goproxy.cn', '10.53.0.53'], {
    ...anyMirror,
    nameServer: 'servfail',
  }),
  fault('dns-server-nowhere', 'no route to the name server', 'dns-failure', ['goproxy.cn', '10.53.0.53'], {
    ...anyMirror,
    nameServer: 'nowhere',
  }),
  fault('dns-bogus-unroutable', 'a wrong address without a route', 'network-unreachable', [mirror, '10.66.1.2'], {
    ...throughMirror,
    hosts: [{ names: [mirror], dns: ['10.66.1.2'] }],
  }),
  fault('dns-bogus-lost', 'a wrong address that swallows packets', 'connect-timeout', [mirror, '10.99.1.2'], {
    ...throughMirror,
    hosts: [{ names: [mirror], dns: ['10.99.1.2'] }],
  }),
  fault('dns-bogus-loopback', 'the name is blocked with 127.0.0.1', 'connection-refused', [mirror, '127.0.0.1'], {
    ...throughMirror,
    hosts: [{ names: [mirror], dns: ['127.0.0.1'] }],
  }),
  fault('dns-bogus-zero', 'the name is blocked with 0.0.0.0', 'connection-refused', [mirror, '0.0.0.0'], {
    ...throughMirror,
    hosts: [{ names: [mirror], dns: ['0.0.0.0'] }],
  }),
  fault('dns-ipv6-no-route', 'only an IPv6 address, and no IPv6 here', 'network-unreachable', [mirror, '2001:db8::7'], {
    ...throughMirror,
    hosts: [{ names: [mirror], dns: ['2001:db8::7'] }],
  }),
  fault(
    'hosts-file-wrong',
    'a line of /etc/hosts sends the mirror to a dead address',
    'connection-refused',
    ['goproxy.cn', '127.0.0.1'],
    { ...anyMirror, fix: 'cures', before: hostsFile('127.0.0.1 goproxy.cn') },
  ),
  fault('hosts-file-lost', 'a stale line of /etc/hosts', 'connect-timeout', ['goproxy.cn', '10.99.4.4'], {
    ...anyMirror,
    fix: 'cures',
    before: hostsFile('10.99.4.4 goproxy.cn'),
  }),
  fault('offline', 'no interface but loopback', ['network-unreachable', 'dns-failure'], ['goproxy.cn', '10.53.0.53'], {
    ...anyMirror,
    offline: true,
  }),
  fault('tcp-refused', 'nothing listens on the port', 'connection-refused', `${mirror}:443`, {
    ...throughMirror,
    hosts: [{ names: [mirror] }],
  }),
  fault('tcp-refused-port', 'the mirror listens on another port', 'connection-refused', `${mirror}:8081`, {
    settings: `GOPROXY=http://${mirror}:8081,direct\n`,
    fix: 'nothing',
    hosts: [{ names: [mirror], ports: { 443: modules() } }],
  }),
  fault('tcp-refused-literal', 'a mirror given by its address', 'connection-refused', '10.77.0.7:3000', {
    settings: 'GOPROXY=http://10.77.0.7:3000\n',
    fix: 'nothing',
    hosts: [{ names: ['ten'], addresses: ['10.77.0.7'] }],
  }),
  fault(
    'tcp-refused-loopback',
    'the Athens on this machine is not running',
    'connection-refused',
    ['localhost:3000', '127.0.0.1:3000'],
    {
      settings: 'GOPROXY=http://localhost:3000,direct\n',
      fix: 'nothing',
      hosts: [{ names: ['localhost'], dns: ['127.0.0.1'], nowhere: 'lost' }],
    },
  ),
  fault(
    'tcp-refused-then-comma',
    'a healthy mirror stands behind a comma, which an error does not pass',
    'connection-refused',
    `${mirror}:443`,
    {
      settings: `GOPROXY=https://${mirror},https://goproxy.cn,direct\n`,
      fix: 'nothing',
      publicly: 'cures',
      hosts: [{ names: [mirror] }],
    },
  ),
  fault(
    'tcp-refused-all-pipes',
    'both mirrors of a pipe refuse',
    'connection-refused',
    [`${mirror}:443`, `${mirror}:8443`],
    {
      settings: `GOPROXY=https://${mirror}|https://${mirror}:8443\n`,
      fix: 'nothing',
      hosts: [{ names: [mirror] }],
    },
  ),
  fault('tcp-lost', 'packets to the mirror are dropped', 'connect-timeout', mirror, {
    ...throughMirror,
    hosts: [{ names: [mirror], nowhere: 'lost' }],
  }),
  fault('tcp-lost-official', 'the default proxy behind the wall', 'connect-timeout', '{official}', {
    world: 'walled',
    fix: 'cures',
  }),
  fault('tcp-unroutable', 'no route to the mirror', 'network-unreachable', mirror, {
    ...throughMirror,
    hosts: [{ names: [mirror], nowhere: 'unroutable' }],
  }),
  fault('tcp-reset', 'the mirror resets every connection', 'connection-reset', mirror, {
    settings: `GOPROXY=http://${mirror},direct\n`,
    fix: 'nothing',
    hosts: [{ names: [mirror], ports: { 80: { mute: 'reset' } } }],
  }),
  fault('tcp-closed', 'the mirror closes without an answer', 'connection-reset', mirror, {
    settings: `GOPROXY=http://${mirror},direct\n`,
    fix: 'nothing',
    hosts: [{ names: [mirror], ports: { 80: { mute: 'close' } } }],
  }),
  fault('tcp-silent', 'plain HTTP, accepted and never answered', 'stalled', mirror, {
    settings: `GOPROXY=http://${mirror},direct\n`,
    fix: 'nothing',
    hosts: [{ names: [mirror], ports: { 80: { mute: 'stall' } } }],
  }),
];
