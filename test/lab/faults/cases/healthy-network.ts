import { healthy, type LabCase } from '../case.ts';
import { china, faulty, host, mirror, modules, own, publicNames, withSum } from './parts.ts';

const proxyName = 'proxy.example.net';
const forward = host(proxyName, { role: { kind: 'forward' } }, 3128);

/** Odd networks that carry a pull: proxies, authorities, addresses, name servers. */
export const healthyNetwork: readonly LabCase[] = [
  healthy('ok-redirected-zips', 'zips are redirected to a storage', {
    settings: own,
    hosts: [
      faulty({
        path: 'quote/@v/v1.5.2.zip',
        status: 302,
        headers: { location: 'https://cdn.example.net/rsc.io/quote/@v/v1.5.2.zip' },
      }),
      host('cdn.example.net', modules()),
    ],
  }),
  healthy('ok-redirected-all', 'the mirror has moved and redirects', {
    settings: own,
    hosts: [
      faulty({
        path: '/rsc.io/quote/@v/v1.5.2.info',
        status: 301,
        headers: { location: 'https://goproxy.cn/rsc.io/quote/@v/v1.5.2.info' },
      }),
    ],
  }),
  healthy('ok-slow-dns', 'the name server takes a second', {
    settings: own,
    hosts: [{ names: [mirror], dns: 'slow', ports: { 443: modules() } }],
    pullSeconds: 30,
  }),
  healthy('ok-http1', 'a mirror without HTTP/2', {
    settings: own,
    hosts: [host(mirror, { ...modules(), http1: true })],
  }),
  healthy('ok-loopback-behind-dead-proxy', 'a dead HTTP proxy, which loopback never passes', {
    settings: 'GOPROXY=http://127.0.0.1:3000\n',
    env: { HTTP_PROXY: 'http://127.0.0.1:7890', HTTPS_PROXY: 'http://127.0.0.1:7890' },
    hosts: [{ names: ['here'], addresses: ['127.0.0.1'], ports: { 3000: { role: { kind: 'modules' } } } }],
  }),
  healthy('ok-private-ca', "the company's authority in SSL_CERT_FILE", {
    settings: own,
    env: { SSL_CERT_FILE: '{lab}/corporate.pem' },
    hosts: [host(mirror, modules({}, 'corporate'))],
  }),
  healthy('ok-ca-folder', 'authorities in SSL_CERT_DIR', {
    settings: own,
    env: { SSL_CERT_FILE: '{home}/none.pem', SSL_CERT_DIR: '{home}/one:{home}/certs' },
    home: { 'one/readme': 'nothing\n' },
    before: 'mkdir {home}/certs; cp {lab}/ca.pem {home}/certs/company.crt',
    hosts: [host(mirror, modules())],
  }),
  healthy('ok-system-bundle', "the system's own bundle, no variable", {
    settings: own,
    env: { SSL_CERT_FILE: null },
    hosts: [host(mirror, modules())],
  }),
  healthy('ok-intermediate', 'a chain with an intermediate', {
    settings: own,
    hosts: [host(mirror, modules({}, 'chain'))],
  }),
  healthy('ok-inspected', 'an inspecting proxy whose authority is trusted', {
    settings: china,
    env: { HTTPS_PROXY: `http://${proxyName}:3128`, SSL_CERT_FILE: '{lab}/both.pem' },
    hosts: [host(proxyName, { role: { kind: 'forward', intercept: 'corporate' } }, 3128)],
  }),
  healthy('ok-proxy-only-way', 'everything is reached through the HTTP proxy alone', {
    settings: china,
    env: { HTTPS_PROXY: `http://${proxyName}:3128`, HTTP_PROXY: `http://${proxyName}:3128` },
    hosts: [
      forward,
      host('goproxy.cn', modules()),
      ...publicNames.slice(1).map(name => ({ names: [name], dns: 'nxdomain' as const, ports: { 443: modules() } })),
    ],
  }),
  healthy('ok-proxy-no-dns', 'no name can be resolved here, the HTTP proxy does it', {
    settings: china,
    env: { https_proxy: 'http://10.88.0.8:3128' },
    nameServer: 'servfail',
    hosts: [{ names: [proxyName], addresses: ['10.88.0.8'], ports: { 3128: { role: { kind: 'forward' } } } }],
  }),
  healthy('ok-proxy-login', 'an HTTP proxy with a login', {
    settings: china,
    env: { HTTPS_PROXY: `http://dev:s3cret@${proxyName}:3128` },
    hosts: [host(proxyName, { role: { kind: 'forward', login: 'dev:s3cret' } }, 3128)],
  }),
  healthy('ok-proxy-no-scheme', 'an HTTP proxy written without a scheme', {
    settings: china,
    env: { HTTPS_PROXY: `${proxyName}:3128` },
    hosts: [forward],
  }),
  healthy('ok-proxy-tls', 'an HTTP proxy that is spoken to over TLS', {
    settings: china,
    env: { HTTPS_PROXY: `https://${proxyName}:3129` },
    hosts: [host(proxyName, { tls: 'trusted', role: { kind: 'forward' } }, 3129)],
  }),
  healthy('ok-proxy-exempt', 'a dead HTTP proxy, and NO_PROXY for the mirror', {
    settings: own,
    env: { HTTPS_PROXY: 'http://127.0.0.1:7890', NO_PROXY: 'localhost,.example.net' },
    project: withSum,
    hosts: [host(mirror, modules())],
  }),
  healthy('ok-proxy-exempt-cidr', 'NO_PROXY by network', {
    settings: 'GOPROXY=http://10.88.0.9:8081\n',
    env: { HTTP_PROXY: 'http://127.0.0.1:7890', NO_PROXY: '10.0.0.0/8' },
    project: withSum,
    hosts: [{ names: ['nexus'], addresses: ['10.88.0.9'], ports: { 8081: { role: { kind: 'modules' } } } }],
  }),
  healthy('ok-proxy-http-only', 'a dead HTTP_PROXY, and everything goes over https', {
    settings: china,
    env: { HTTP_PROXY: 'http://127.0.0.1:7890' },
  }),
  healthy('ok-all-proxy', 'ALL_PROXY is dead, and go does not read it', {
    settings: china,
    env: { ALL_PROXY: 'socks5://127.0.0.1:1080', all_proxy: 'socks5://127.0.0.1:1080' },
  }),
  healthy('ok-ipv6-only', 'a machine without IPv4', { ipv6Only: true, settings: china }),
  healthy('ok-ipv6-literal', 'a mirror given by its IPv6 address', {
    ipv6Only: true,
    settings: 'GOPROXY=http://[fd77::7]:3000\n',
    hosts: [{ names: ['six'], addresses: ['fd77::7'], ports: { 3000: { role: { kind: 'modules' } } } }],
  }),
  healthy('ok-dual-stack', 'an IPv6 address without a route beside a good IPv4 one', {
    settings: own,
    hosts: [
      { names: [mirror], addresses: ['10.88.0.10'], dns: ['2001:db8::9', '10.88.0.10'], ports: { 443: modules() } },
    ],
  }),
  healthy('ok-hosts-file', 'a name that only /etc/hosts knows', {
    settings: 'GOPROXY=http://goproxy.internal:8081\n',
    before: "(cat /etc/hosts; echo '10.88.0.13 goproxy.internal') > {lab}/hosts; mount --bind {lab}/hosts /etc/hosts",
    hosts: [{ names: ['unknown'], addresses: ['10.88.0.13'], ports: { 8081: { role: { kind: 'modules' } } } }],
  }),
  healthy('ok-search-domain', 'a short name and a search domain', {
    settings: 'GOPROXY=http://goproxy:8081\n',
    before: 'echo "search corp.example.net" >> {lab}/resolv.conf',
    hosts: [host('goproxy.corp.example.net', { role: { kind: 'modules' } }, 8081)],
  }),
  healthy('ok-second-name-server', 'the first of two name servers is dead', {
    settings: china,
    before: 'sed -i "1i nameserver 10.53.0.99\\noptions timeout:1" {lab}/resolv.conf; ip addr add 10.53.0.99/32 dev lo',
    pullSeconds: 30,
  }),
];
