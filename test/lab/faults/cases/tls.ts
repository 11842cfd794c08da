import { fault, type LabCase } from '../case.ts';
import { host, mirror, modules, throughMirror } from './parts.ts';

/** Certificates and handshakes. */
export const tls: readonly LabCase[] = [
  fault('tls-unknown-authority', 'a certificate of an authority nobody knows', 'tls-unknown-authority', mirror, {
    ...throughMirror,
    hosts: [host(mirror, modules({}, 'unknown-authority'))],
  }),
  fault('tls-no-chain', 'the server forgot the intermediate certificate', 'tls-unknown-authority', mirror, {
    ...throughMirror,
    hosts: [host(mirror, modules({}, 'no-chain'))],
  }),
  fault(
    'tls-corporate',
    'a gateway puts its own certificate in front of every server',
    'tls-unknown-authority',
    ['goproxy.cn', 'Corp Gateway'],
    {
      settings: 'GOPROXY=https://goproxy.cn,direct\n',
      hosts: ['goproxy.cn', 'goproxy.io', 'sum.golang.org', '{official}', 'sum.golang.google.cn']
        .map(name => host(name, modules({}, 'corporate')))
        .concat([
          host('mirrors.aliyun.com', modules({ basePath: '/goproxy' }, 'corporate')),
          host('mirrors.tencent.com', modules({ basePath: '/go' }, 'corporate')),
          host('repo.huaweicloud.com', modules({ basePath: '/repository/goproxy' }, 'corporate')),
        ]),
    },
  ),
  fault(
    'tls-ca-file-missing',
    'SSL_CERT_FILE names a file that is not there',
    'tls-unknown-authority',
    ['goproxy.cn', 'SSL_CERT_FILE'],
    {
      settings: 'GOPROXY=https://goproxy.cn,direct\n',
      env: { SSL_CERT_FILE: '{home}/missing.pem', SSL_CERT_DIR: '{home}/none' },
    },
  ),
  fault(
    'tls-ca-file-other',
    'SSL_CERT_FILE holds another authority only',
    'tls-unknown-authority',
    ['goproxy.cn', 'SSL_CERT_FILE'],
    {
      settings: 'GOPROXY=https://goproxy.cn,direct\n',
      env: { SSL_CERT_FILE: '{lab}/corporate.pem', SSL_CERT_DIR: '{home}/none' },
    },
  ),
  fault('tls-ca-in-node-only', 'the authority is known to Node and not to go', 'tls-unknown-authority', mirror, {
    ...throughMirror,
    env: { NODE_EXTRA_CA_CERTS: '{lab}/corporate.pem' },
    hosts: [host(mirror, modules({}, 'corporate'))],
  }),
  fault('tls-goinsecure-no-help', 'GOINSECURE does not relax TLS of a proxy', 'tls-unknown-authority', mirror, {
    settings: `GOPROXY=https://${mirror},direct\nGOINSECURE=${mirror}\n`,
    fix: 'nothing',
    publicly: 'cures',
    hosts: [host(mirror, modules({}, 'unknown-authority'))],
  }),
  fault('tls-expired', 'the certificate has expired', 'tls-other', mirror, {
    ...throughMirror,
    hosts: [host(mirror, modules({}, 'expired'))],
  }),
  fault('tls-expired-second', 'expired behind a mirror that answers 404', 'tls-other', mirror, {
    settings: `GOPROXY=https://empty.example.net,https://${mirror}\n`,
    fix: 'nothing',
    publicly: 'cures',
    hosts: [host('empty.example.net', modules({ empty: true })), host(mirror, modules({}, 'expired'))],
  }),
  fault('tls-not-yet', 'the certificate is not valid yet', 'tls-other', mirror, {
    ...throughMirror,
    hosts: [host(mirror, modules({}, 'not-yet'))],
  }),
  fault('tls-wrong-name', 'the certificate is for another host', 'tls-other', mirror, {
    ...throughMirror,
    hosts: [host(mirror, modules({}, 'wrong-name'))],
  }),
  fault('tls-address', 'the certificate names no address', 'tls-other', '10.77.0.7', {
    settings: 'GOPROXY=https://10.77.0.7,direct\n',
    fix: 'nothing',
    hosts: [{ names: ['ten.example.net'], addresses: ['10.77.0.7'], ports: { 443: modules() } }],
  }),
  fault('tls-silent', 'TCP connects, the handshake never ends', 'tls-handshake-timeout', mirror, {
    ...throughMirror,
    hosts: [host(mirror, { mute: 'stall' })],
  }),
  fault('tls-reset', 'the connection is reset in the handshake', 'connection-reset', mirror, {
    ...throughMirror,
    hosts: [host(mirror, { mute: 'reset' })],
  }),
  fault('tls-closed', 'the connection is closed in the handshake', 'connection-reset', mirror, {
    ...throughMirror,
    hosts: [host(mirror, { mute: 'close' })],
  }),
  fault('tls-plain-http', 'plain HTTP on port 443', 'captive-or-html-response', mirror, {
    ...throughMirror,
    hosts: [host(mirror, { role: { kind: 'modules' } })],
  }),
  fault('tls-ssh', 'an SSH server on the port', 'captive-or-html-response', `${mirror}:2222`, {
    settings: `GOPROXY=https://${mirror}:2222,direct\n`,
    fix: 'nothing',
    hosts: [host(mirror, { mute: { say: 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n' } }, 2222)],
  }),
  fault(
    'tls-http-to-tls-port',
    'http:// to a port that speaks TLS',
    ['connection-reset', 'mirror-server-error-5xx', 'captive-or-html-response'],
    `${mirror}:443`,
    {
      settings: `GOPROXY=http://${mirror}:443,direct\n`,
      fix: 'nothing',
      hosts: [host(mirror, modules())],
    },
  ),
];
