import { fault, type LabCase } from '../case.ts';
import { corp, gitHost, goMod, host, library, privateProject } from './parts.ts';

const own = { settings: `GOPROXY=https://goproxy.cn,direct\nGOPRIVATE=${corp}\n`, project: privateProject };
const patterns: Readonly<Record<string, string>> = {
  space: `gitlab.example.org, ${corp}`,
  scheme: `https://${corp}`,
  port: `${corp}:443`,
  upper: 'Git.Corp.Example.com',
  star: `*.${corp}`,
  semicolon: `gitlab.example.org;${corp}`,
  'other-team': `${corp}/teams`,
  regex: '.*corp.example.com',
  bracket: `[git.corp.example.com`,
  suffix: 'corp.example.com',
  at: `git@${corp}`,
};
const noSuchPlace = ['sumdb-private-module', 'mirror-not-found-404-410'] as const;

/** Modules of one's own: patterns, version control, credentials. */
export const privateModules: readonly LabCase[] = [
  ...Object.entries(patterns).map(([name, value]) =>
    fault(`pattern-${name}`, `GOPRIVATE=${value} matches nothing`, noSuchPlace, [value, corp, 'GOPRIVATE'], {
      settings: `GOPROXY=https://goproxy.cn,direct\nGOPRIVATE=${value}\n`,
      project: privateProject,
      hosts: [gitHost()],
      fix: ['space', 'scheme', 'port', 'upper', 'star', 'semicolon'].includes(name) ? 'cures' : undefined,
    }),
  ),
  fault(
    'noproxy-none',
    'GONOPROXY=none sends private modules to the mirror',
    'mirror-not-found-404-410',
    ['GONOPROXY', library],
    {
      settings: `GOPROXY=https://goproxy.cn\nGOPRIVATE=${corp}\nGONOPROXY=none\n`,
      project: privateProject,
      hosts: [gitHost()],
      fix: 'cures',
    },
  ),
  fault('git-missing', 'git is not in PATH', 'vcs-missing', 'git', {
    ...own,
    hosts: [gitHost()],
    env: { PATH: '{go}' },
  }),
  fault('govcs-off', 'GOVCS=*:off', 'govcs-disallowed', ['GOVCS', library], {
    ...own,
    settings: `${own.settings}GOVCS=*:off\n`,
    hosts: [gitHost()],
    fix: 'cures',
  }),
  fault('govcs-private-hg', 'GOVCS allows only Mercurial for private modules', 'govcs-disallowed', ['GOVCS', library], {
    ...own,
    settings: `${own.settings}GOVCS=private:hg,public:git|hg\n`,
    hosts: [gitHost()],
    fix: 'cures',
  }),
  fault('govcs-pattern', 'GOVCS forbids git for the host', 'govcs-disallowed', ['GOVCS', library], {
    ...own,
    settings: `${own.settings}GOVCS=${corp}:off,*:all\n`,
    hosts: [gitHost()],
    fix: 'cures',
  }),
  fault('git-login-missing', 'the git server wants a login', 'private-auth-missing', corp, {
    ...own,
    hosts: [gitHost({ login: 'dev:s3cret' })],
  }),
  fault('git-login-wrong', 'netrc has an old password', 'private-auth-missing', corp, {
    ...own,
    home: { '.netrc': `machine ${corp} login dev password s3cret\n` },
    hosts: [gitHost({ login: 'dev:newer' })],
  }),
  fault('git-ssh-denied', 'the key is refused', 'private-auth-missing', corp, {
    ...own,
    home: { '.gitconfig': `[url "ssh://git@${corp}/"]\n\tinsteadOf = https://${corp}/\n` },
    env: { GIT_SSH_COMMAND: `sh -c 'echo "git@${corp}: Permission denied (publickey)." >&2; exit 255' --` },
    hosts: [gitHost()],
  }),
  fault('git-host-key', 'the key of the git server is unknown', 'private-auth-missing', corp, {
    ...own,
    home: { '.gitconfig': `[url "ssh://git@${corp}/"]\n\tinsteadOf = https://${corp}/\n` },
    env: { GIT_SSH_COMMAND: `sh -c 'echo "Host key verification failed." >&2; exit 255' --` },
    hosts: [gitHost()],
  }),
  fault('git-refused', 'the git server is down', 'connection-refused', corp, { ...own, hosts: [{ names: [corp] }] }),
  fault('git-lost', 'the git server is not reachable from here', 'connect-timeout', corp, {
    ...own,
    hosts: [{ names: [corp], nowhere: 'lost' }],
  }),
  fault('git-nxdomain', 'the git server has no name outside the company', 'dns-failure', corp, own),
  fault(
    'git-tls',
    "the git server's certificate is of the company's authority, unknown here",
    'tls-unknown-authority',
    corp,
    { ...own, hosts: [gitHost({}, { tls: 'corporate' })] },
  ),
  fault('git-expired', "the git server's certificate has expired", 'tls-other', corp, {
    ...own,
    hosts: [gitHost({}, { tls: 'expired' })],
  }),
  fault(
    'git-stalled',
    'the git server accepts and says nothing',
    ['stalled', 'tls-handshake-timeout', 'connect-timeout'],
    corp,
    { ...own, hosts: [host(corp, { mute: 'stall' })] },
  ),
  fault('git-http-only', 'the git server speaks plain HTTP only', ['insecure-http', 'connection-refused'], corp, {
    ...own,
    hosts: [
      {
        names: [corp],
        ports: { 80: { role: { kind: 'git', repositories: [{ path: '/team/lib', module: library }] } } },
      },
    ],
  }),
  fault('git-500', 'the git server fails', ['unrecognized-import-path', 'mirror-server-error-5xx'], corp, {
    ...own,
    hosts: [host(corp, { tls: 'trusted', role: { kind: 'page', status: 500, body: 'oops\n' } })],
  }),
  fault('import-no-meta', 'the page of the module names no repository', 'unrecognized-import-path', library, {
    ...own,
    hosts: [gitHost({ repositories: [{ path: '/team/lib', module: library, page: 'none' }] })],
  }),
  fault(
    'import-other-prefix',
    'the page names another module',
    ['unrecognized-import-path', 'path-mismatch'],
    library,
    {
      ...own,
      hosts: [
        gitHost({
          repositories: [
            { path: '/team/lib', module: library, page: 'other.example.com/x git https://other.example.com/x' },
          ],
        }),
      ],
    },
  ),
  fault(
    'import-404',
    'no such repository',
    ['unrecognized-import-path', 'private-auth-missing', 'unknown-revision'],
    library,
    { ...own, hosts: [gitHost({ repositories: [] })] },
  ),
  fault('tag-missing', 'no such tag', ['unknown-revision', 'no-matching-version'], [library, 'v1.9.0'], {
    ...own,
    project: { 'go.mod': goMod([`${library} v1.9.0`]) },
    hosts: [gitHost()],
  }),
  fault('module-renamed', 'go.mod of the repository says another path', 'path-mismatch', library, {
    ...own,
    hosts: [gitHost({ repositories: [{ path: '/team/lib', module: 'git.old.example.com/team/lib' }] })],
  }),
];
