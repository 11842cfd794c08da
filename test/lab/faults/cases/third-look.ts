import { fault, healthy, type LabCase } from '../case.ts';
import type { Host } from '../world/world.ts';
import {
  china,
  corp,
  credentials,
  faulty,
  gitHost,
  goMod,
  host,
  main,
  mirror,
  modules,
  own,
  privateProject,
  quoteSum,
  withSum,
} from './parts.ts';

const locked = [host(mirror, modules({ credentials }))];
const changed = [host(mirror, modules({ credentials: { ...credentials, password: 'newer' } }))];
const refused = ['mirror-forbidden-403', 'private-auth-missing'] as const;
const privately = { settings: `${china}GOPRIVATE=${corp}\n`, project: privateProject };

/** A command for GOAUTH that works (`go help goauth`). */
const helper = {
  'bin/helper': `#!/bin/sh\nprintf 'https://${mirror}\\n\\nAuthorization: Basic ZGV2OnMzY3JldA==\\n\\n'\n`,
};
const byHelper = { settings: `${own}GOAUTH={home}/bin/helper\n`, home: helper } as const;
/** It refuses whoever says that he is go-mirror. */
const picky = [faulty({ client: 'go-mirror', status: 403, body: 'no\n' })];

const netrc = (entry: string): NonNullable<LabCase['home']> => ({ '.netrc': `${entry} login dev password s3cret\n` });

/** Logins: which one was refused, or where none was found. */
const logins: readonly LabCase[] = [
  fault('login-other-host', 'netrc has a login for another host', refused, '.netrc', {
    settings: own,
    home: netrc('machine other.example.net'),
    hosts: locked,
    fix: 'nothing',
  }),
  fault('login-of-address', 'machine is followed by an address with http://', refused, '.netrc:1', {
    settings: own,
    home: netrc(`machine http://${mirror}`),
    hosts: locked,
    fix: 'nothing',
  }),
  fault('login-without-port', 'netrc lacks the port of the mirror', refused, '.netrc:1', {
    settings: `GOPROXY=https://${mirror}:8443\n`,
    home: netrc(`machine ${mirror}`),
    hosts: [host(mirror, modules({ credentials }), 8443)],
    fix: 'nothing',
  }),
  fault('login-byte-order-mark', 'netrc begins with a byte order mark', refused, '.netrc:1', {
    settings: own,
    home: netrc(`\ufeffmachine ${mirror}`),
    hosts: locked,
    fix: 'nothing',
  }),
  fault('login-old-password', 'netrc has an old password', refused, '.netrc:2', {
    settings: own,
    home: { '.netrc': `# mine\nmachine ${mirror} login dev password s3cret\n` },
    hosts: changed,
    fix: 'nothing',
  }),
  fault('login-old-password-git', 'the same at the git server', refused, '.netrc:1', {
    ...privately,
    home: netrc(`machine ${corp}`),
    hosts: [gitHost({ login: 'dev:newer' })],
  }),
  fault('login-other-host-git', 'netrc has a login for another host than the git server', refused, '.netrc', {
    ...privately,
    home: netrc('machine gitlab.example.com'),
    hosts: [gitHost({ login: 'dev:newer' })],
  }),
  fault('login-old-in-goproxy', 'the login in GOPROXY is old', refused, 'the one in GOPROXY', {
    settings: `GOPROXY=https://dev:s3cret@${mirror}\n`,
    hosts: changed,
    fix: 'nothing',
  }),
  fault('login-command-fails', 'the command of GOAUTH fails', refused, 'GOAUTH=/bin/false', {
    settings: `${own}GOAUTH=/bin/false\n`,
    hosts: locked,
    fix: 'nothing',
  }),
  healthy('ok-login-command', 'a command of GOAUTH that works', { ...byHelper, hosts: locked }),
  healthy('ok-login-command-cached', 'the same, and everything is in the cache', {
    ...byHelper,
    hosts: locked,
    before: 'go mod download',
  }),
  fault(
    'login-command-not-found',
    'a command that works, and a version that is not there',
    'mirror-not-found-404-410',
    mirror,
    {
      ...byHelper,
      hosts: [
        host(
          mirror,
          modules({ credentials, faults: [{ path: 'rsc.io/quote/@v/v1.5.2', status: 404, body: 'not found\n' }] }),
        ),
      ],
      fix: 'nothing',
    },
  ),
  fault(
    'login-command-git',
    'a command that works for the mirror, and no login for git',
    'private-auth-missing',
    corp,
    {
      ...byHelper,
      settings: `${byHelper.settings}GOPRIVATE=${corp}\n`,
      project: privateProject,
      hosts: [...locked, gitHost({ login: 'dev:newer' })],
    },
  ),
  healthy('ok-picky', 'a mirror that refuses go-mirror and not go', { settings: own, hosts: picky }),
  healthy('ok-picky-summed', 'the same with a complete go.sum', { settings: own, project: withSum, hosts: picky }),
  fault('login-plain-http', 'a password for plain http', 'insecure-http', 'whatever GOINSECURE says', {
    settings: `GOPROXY=http://dev:s3cret@${mirror}\nGOINSECURE=${mirror}\n`,
    hosts: [host(mirror, { role: { kind: 'modules', credentials } }, 80)],
    fix: 'nothing',
  }),
];

const proxyName = 'proxy.example.net';
const proxy = (role: { login?: string; connect?: number } = {}): Host =>
  host(proxyName, { role: { kind: 'forward', ...role } }, 3128);
/** Its name is known beyond the proxy only. */
const beyond: Host = { names: [mirror], dns: 'nxdomain', ports: { 443: modules() } };
const passwords: Readonly<Record<string, string>> = {
  hash: 's3cret#x',
  slash: 's3cret/x',
  question: 's3cret?x',
  blank: 's3cret x',
  percent: 's3cret%zz',
};

/** Variables of the environment that name what is not there, or name it so that go reads something else. */
const variables: readonly LabCase[] = [
  fault('authorities-missing', 'SSL_CERT_FILE names no file', 'tls-unknown-authority', 'SSL_CERT_FILE=', {
    settings: china,
    env: { SSL_CERT_FILE: '{home}/missing.pem', SSL_CERT_DIR: '{home}/none' },
  }),
  fault('authorities-no-pem', 'SSL_CERT_FILE holds no certificate', 'tls-unknown-authority', 'SSL_CERT_FILE=', {
    settings: china,
    home: { 'ca.der': 'none' },
    env: { SSL_CERT_FILE: '{home}/ca.der', SSL_CERT_DIR: '{home}/none' },
  }),
  fault('authorities-others', 'SSL_CERT_FILE holds another authority', 'tls-unknown-authority', 'SSL_CERT_FILE=', {
    settings: china,
    env: { SSL_CERT_FILE: '{lab}/corporate.pem', SSL_CERT_DIR: '{home}/none' },
  }),
  fault('no-proxy-address', 'NO_PROXY holds an address with https://', 'http-proxy-misconfigured', 'NO_PROXY', {
    settings: own,
    env: { HTTPS_PROXY: `http://${proxyName}:3128`, NO_PROXY: `localhost,https://${mirror}/` },
    hosts: [proxy({ connect: 403 }), faulty()],
    fix: 'nothing',
  }),
  fault('no-proxy-blanks', 'blanks between the hosts of NO_PROXY', 'http-proxy-misconfigured', 'NO_PROXY', {
    settings: own,
    env: { HTTPS_PROXY: `http://${proxyName}:3128`, NO_PROXY: `localhost ${mirror}` },
    hosts: [proxy({ connect: 403 }), faulty()],
    fix: 'nothing',
  }),
  ...Object.entries(passwords).map(([name, password]) =>
    fault(`proxy-password-${name}`, `the proxy's password is ${password}`, 'http-proxy-misconfigured', 'HTTPS_PROXY', {
      settings: own,
      env: { HTTPS_PROXY: `http://dev:${password}@${proxyName}:3128` },
      hosts: [proxy({ login: `dev:${password}` }), beyond],
      fix: 'nothing',
    }),
  ),
  fault('tls-versions', 'a server that speaks TLS 1.1 only', 'tls-other', 'TLS version', {
    settings: own,
    hosts: [host(mirror, { ...modules(), oldTls: true })],
    fix: 'nothing',
  }),
  ...['htpp://', 'hptts://', 'http//', 'https//:', 'https:\\\\'].map((scheme, at) =>
    fault(`scheme-slip-${at}`, `GOPROXY begins with ${scheme}`, 'goproxy-malformed', 'GOPROXY', {
      settings: `GOPROXY=${scheme}goproxy.cn,direct\n`,
      fix: 'cures',
      afterFix: { settings: `GOPROXY=https://goproxy.cn,direct\n` },
      pullSeconds: 25,
    }),
  ),
];

const needsQuote = goMod(['rsc.io/quote v1.5.2']);
const served = { settings: own, hosts: [faulty()] };
const without = (beginning: string): string =>
  quoteSum
    .split('\n')
    .filter(line => !line.startsWith(beginning))
    .join('\n');
const toml = '{home}/go/pkg/mod/github.com/!burnt!sushi/toml@v1.6.0';

/** What stands in the project, and in the module cache. */
const files: readonly LabCase[] = [
  fault('conflict-in-sum', 'a merge conflict in go.sum', 'module-invalid', 'go.sum', {
    ...served,
    project: { 'go.mod': needsQuote, 'go.sum': `<<<<<<< HEAD\n${quoteSum}=======\n>>>>>>> other\n` },
    fix: 'nothing',
  }),
  fault('conflict-in-mod', 'a merge conflict in go.mod', 'module-invalid', 'merge conflict', {
    ...served,
    project: {
      'go.mod': goMod(
        [],
        '1.21',
        '<<<<<<< HEAD\nrequire rsc.io/quote v1.5.2\n=======\nrequire rsc.io/quote v1.5.1\n>>>>>>> x\n',
      ),
      'go.sum': quoteSum,
    },
    fix: 'nothing',
  }),
  fault('excluded', 'go.mod excludes the version that it requires', 'module-invalid', 'rsc.io/quote v1.5.2', {
    ...served,
    project: {
      'go.mod': goMod(['rsc.io/quote v1.5.2'], '1.21', '\nexclude rsc.io/quote v1.5.2\n'),
      'go.sum': quoteSum,
      'main.go': main,
    },
    pull: ['list', '-deps', './...'],
    fix: 'nothing',
  }),
  healthy('ok-half-sum-zip', 'go.sum lacks the hash of one go.mod, which the next download adds', {
    ...served,
    project: { 'go.mod': needsQuote, 'go.sum': without('rsc.io/quote v1.5.2/'), 'main.go': main },
  }),
  healthy('ok-half-sum-mod', 'go.sum lacks the hash of one zip, which the next download adds', {
    ...served,
    project: { 'go.mod': needsQuote, 'go.sum': without('rsc.io/quote v1.5.2 '), 'main.go': main },
  }),
  fault('mod-file-missing', 'a mirror that has the zip and not the go.mod', 'mirror-not-found-404-410', mirror, {
    settings: own,
    hosts: [faulty({ path: 'rsc.io/quote/@v/v1.5.2.mod', status: 404, body: 'not found\n' })],
    fix: 'nothing',
  }),
  fault('emptied-and-indexed', 'an unpacked module is empty, and go has an index of it', 'modcache-corrupt', toml, {
    settings: china,
    project: {
      'go.mod': goMod(['github.com/BurntSushi/toml v1.6.0']),
      'main.go': 'package main\n\nimport _ "github.com/BurntSushi/toml"\n\nfunc main() {}\n',
    },
    before: `go mod tidy; go clean -cache; chmod -R u+w {home}/go; rm -rf ${toml}/*`,
    pull: ['list', '-deps', './...'],
    fix: 'cures',
  }),
  healthy('ok-cached-mirror-dead', 'everything is in the cache, and the mirror is dead', {
    settings: china,
    project: withSum,
    before: 'GOPROXY=https://mirrors.tencent.com/go go mod download',
    hosts: [{ names: ['goproxy.cn'] }],
  }),
];

/** What somebody found who looked once more. */
export const thirdLook: readonly LabCase[] = [...logins, ...variables, ...files];
