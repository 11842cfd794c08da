import type { Cause } from '../../../../src/causes.ts';
import { fault, type LabCase } from '../case.ts';
import { answering, faulty, host, htmlPage, mirror, modules, onlyMirror, throughMirror } from './parts.ts';

const statuses: readonly [number, string, Cause][] = [
  [400, 'bad request\n', 'mirror-server-error-5xx'],
  [401, 'unauthorized\n', 'mirror-forbidden-403'],
  [403, 'forbidden\n', 'mirror-forbidden-403'],
  [404, 'not found\n', 'mirror-not-found-404-410'],
  [410, 'gone\n', 'mirror-not-found-404-410'],
  [429, 'too many requests\n', 'mirror-rate-limited-429'],
  [500, 'internal server error\n', 'mirror-server-error-5xx'],
  [502, 'bad gateway\n', 'mirror-server-error-5xx'],
  [503, 'service unavailable\n', 'mirror-server-error-5xx'],
  [504, 'gateway timeout\n', 'mirror-server-error-5xx'],
];

/** What a mirror answers instead of a module, by status. */
export const http: readonly LabCase[] = [
  ...statuses.map(([status, body, cause]) =>
    fault(`http-${status}`, `the mirror answers ${status}`, cause, mirror, {
      ...onlyMirror,
      hosts: [answering(status, body)],
    }),
  ),
  fault('http-403-html', 'a gateway answers with its own page', 'mirror-forbidden-403', mirror, {
    ...onlyMirror,
    hosts: [answering(403, htmlPage, 'text/html')],
  }),
  fault('http-503-html', 'a maintenance page', 'mirror-server-error-5xx', mirror, {
    ...onlyMirror,
    hosts: [answering(503, htmlPage, 'text/html')],
  }),
  fault('http-502-comma', 'a healthy mirror stands behind a comma', 'mirror-server-error-5xx', mirror, {
    settings: `GOPROXY=https://${mirror},https://goproxy.cn,direct\n`,
    fix: 'nothing',
    publicly: 'cures',
    hosts: [answering(502, 'bad gateway\n')],
  }),
  fault('http-502-second', 'the second mirror fails where the first has nothing', 'mirror-server-error-5xx', mirror, {
    settings: `GOPROXY=https://empty.example.net,https://${mirror}\n`,
    fix: 'nothing',
    publicly: 'cures',
    hosts: [host('empty.example.net', modules({ empty: true })), answering(502, 'bad gateway\n')],
  }),
  fault('http-429-official', 'the default proxy limits this network', 'mirror-rate-limited-429', '{official}', {
    fix: 'cures',
    hosts: [host('{official}', modules({ faults: [{ status: 429, body: 'slow down\n' }] }))],
  }),
  fault('http-403-catalogue', 'a mirror of the catalogue forbids this network', 'mirror-forbidden-403', 'goproxy.cn', {
    settings: 'GOPROXY=https://goproxy.cn,direct\n',
    fix: 'cures',
    hosts: [host('goproxy.cn', modules({ faults: [{ status: 403, body: 'forbidden\n' }] }))],
  }),
  fault('http-500-zip', 'only zips fail', 'mirror-server-error-5xx', mirror, {
    ...throughMirror,
    hosts: [faulty({ path: '.zip', status: 500, body: 'oops\n' })],
  }),
  fault('http-403-zip', 'zips lie in a storage that refuses', 'mirror-forbidden-403', mirror, {
    ...throughMirror,
    hosts: [faulty({ path: '.zip', status: 403, body: 'AccessDenied\n' })],
  }),
  fault('http-500-mod', 'only go.mod files fail', 'mirror-server-error-5xx', mirror, {
    ...throughMirror,
    hosts: [faulty({ path: '.mod', status: 500, body: 'oops\n' })],
  }),
  fault('http-503-base-path', 'a mirror below a path', 'mirror-server-error-5xx', mirror, {
    settings: `GOPROXY=https://${mirror}/artifactory/api/go/go\n`,
    fix: 'nothing',
    hosts: [answering(503, 'node is starting\n')],
  }),
  fault('http-wrong-path', 'the mirror is there, below another path', 'mirror-not-found-404-410', mirror, {
    settings: `GOPROXY=https://${mirror}/goproxi\n`,
    fix: 'nothing',
    hosts: [host(mirror, modules({ basePath: '/goproxy' }))],
  }),
  fault('http-empty', 'a mirror that has nothing, and no way on', 'mirror-not-found-404-410', mirror, {
    ...onlyMirror,
    hosts: [host(mirror, modules({ empty: true }))],
  }),
  fault(
    'http-empty-off',
    'a mirror that has nothing, and then off',
    ['mirror-not-found-404-410', 'goproxy-off'],
    [mirror, 'off', 'GOPROXY'],
    {
      settings: `GOPROXY=https://${mirror},off\n`,
      hosts: [host(mirror, modules({ empty: true }))],
    },
  ),
  ...(
    [
      [
        'git',
        404,
        'not found: rsc.io/quote@v1.5.2: git ls-remote -q origin in /data/cache/vcs: exit status 128: fatal: unable to access: Could not resolve host: github.com\n',
      ],
      ['timeout', 404, 'not found: fetch timed out\n'],
      ['storage', 500, 'open /var/lib/goproxy/cache: no space left on device\n'],
      [
        'dial',
        410,
        'not found: rsc.io/quote@v1.5.2: Get "https://rsc.io/quote?go-get=1": dial tcp 151.101.1.6:443: i/o timeout\n',
      ],
    ] as const
  ).map(([name, status, body]) =>
    fault(`http-upstream-${name}`, 'the mirror relays that its own fetch failed', 'mirror-upstream-failure', mirror, {
      ...onlyMirror,
      hosts: [answering(status, body)],
    }),
  ),
  fault('login-missing', 'the mirror wants a login, and there is no netrc', 'mirror-forbidden-403', mirror, {
    ...onlyMirror,
    publicly: undefined,
    hosts: [host(mirror, modules({ credentials: { user: 'dev', password: 's3cret' } }))],
  }),
  fault('login-wrong-host', 'netrc has a login for another host', 'mirror-forbidden-403', mirror, {
    ...onlyMirror,
    publicly: undefined,
    home: { '.netrc': 'machine other.example.net login dev password s3cret\n' },
    hosts: [host(mirror, modules({ credentials: { user: 'dev', password: 's3cret' } }))],
  }),
  fault('login-wrong-port', 'netrc names the host without the port', 'mirror-forbidden-403', `${mirror}:8443`, {
    settings: `GOPROXY=https://${mirror}:8443\n`,
    home: { '.netrc': `machine ${mirror} login dev password s3cret\n` },
    hosts: [host(mirror, modules({ credentials: { user: 'dev', password: 's3cret' } }), 8443)],
  }),
  fault('login-wrong-password', 'the password in the URL is old', 'mirror-forbidden-403', mirror, {
    settings: `GOPROXY=https://dev:s3cret@${mirror}\n`,
    hosts: [host(mirror, modules({ credentials: { user: 'dev', password: 'newer' } }))],
  }),
  fault('login-netrc-elsewhere', 'NETRC names a file that is not there', 'mirror-forbidden-403', mirror, {
    ...onlyMirror,
    publicly: undefined,
    env: { NETRC: '{home}/missing' },
    home: { '.netrc': `machine ${mirror} login dev password s3cret\n` },
    hosts: [host(mirror, modules({ credentials: { user: 'dev', password: 's3cret' } }))],
  }),
];
