import { fault, healthy, type LabCase } from '../case.ts';
import type { Role } from '../world/world.ts';
import {
  china,
  corp,
  faulty,
  gitHost,
  goMod,
  host,
  library,
  mirror,
  modules,
  own,
  privateProject,
  quoteSum,
  throughMirror,
  withLarge,
} from './parts.ts';

const blocked = { status: 451, body: 'blocked: malware found in this version\n' };
const ofText = 'golang.org/x/text/@v/v0.42.0.zip';

/** Patterns that are well formed or nearly so, and match nothing of what they were meant for: each is the culprit, literally. */
const missing: Readonly<Record<string, string>> = {
  'letter-case': 'Git.Corp.Example.com',
  'letter-case-path': `${corp}/Team`,
  'parent-domain': 'corp.example.com',
  'registered-domain': 'example.com',
  'bare-host': `*.${corp}`,
  'below-the-module': `${library}/sub`,
  'too-many-stars': `${corp}/*/*/*`,
  'address-and-star': `https://${corp}:443/*`,
  'dot-git': `${library}.git`,
  'malformed-class': `${corp}/[a-`,
  'malformed-host': `[${corp}`,
  'other-host-alike': 'gti.corp.example.com',
};

/** Names that do not look private, and a pattern that was plainly meant for them. */
const ofUnknown = (pattern: string, module: string): Omit<LabCase, 'id' | 'about' | 'expect'> => {
  const [name, ...path] = module.split('/');
  const git: Role = { kind: 'git', repositories: [{ path: `/${path.join('/')}`, module }] };
  return {
    settings: `${china}GOPRIVATE=${pattern}\n`,
    project: { 'go.mod': goMod([`${module} v1.0.0`]) },
    hosts: [host(name!, { tls: 'trusted', role: git })],
  };
};

/** What somebody found who looked at the doctor with fresh eyes. */
export const secondLook: readonly LabCase[] = [
  fault('off-before-own', 'off stands before a mirror of one’s own', 'goproxy-off', 'GOPROXY', {
    settings: `GOPROXY=off,https://${mirror}\n`,
    hosts: [faulty()],
    fix: 'cures',
    afterFix: { settings: `GOPROXY=https://${mirror},off\n` },
  }),
  fault('off-before-own-blocks', 'the same, and that mirror blocks the module', 'goproxy-off', 'GOPROXY', {
    settings: `GOPROXY=off,https://${mirror}\n`,
    hosts: [faulty({ path: 'rsc.io/quote', ...blocked })],
    afterFix: { settings: `GOPROXY=off,https://${mirror}\n` },
  }),
  fault(
    'database-at-own-base',
    'GOSUMDB names the mirror of one’s own without the path below which it passes the database on',
    'sumdb-unreachable',
    [mirror, 'GOSUMDB'],
    {
      settings: `${own}GOSUMDB=sum.golang.org https://${mirror}\n`,
      hosts: [faulty()],
      fix: 'cures',
      afterFix: { holds: `GOSUMDB=sum.golang.org https://${mirror}/sumdb/sum.golang.org` },
    },
  ),
  healthy('other-mod-file', '-modfile names another file, and go.mod needs what nobody has', {
    settings: `${own}GOFLAGS=-modfile=alt.mod\n`,
    project: {
      'go.mod': goMod(['example.invalid/x v1.0.0']),
      'alt.mod': goMod(['rsc.io/quote v1.5.2']),
      'alt.sum': quoteSum,
    },
    hosts: [faulty()],
  }),
  fault(
    'shadow-of-own',
    'a dead public mirror of the environment hides one’s own in the file',
    'connection-refused',
    'goproxy.cn',
    {
      settings: own,
      env: { GOPROXY: 'https://goproxy.cn' },
      hosts: [faulty(), { names: ['goproxy.cn'] }],
      afterFix: { settings: own },
    },
  ),
  fault('one-zip-500', 'the zip of one module of several', 'mirror-server-error-5xx', [mirror, 'golang.org/x/text'], {
    ...throughMirror,
    ...withLarge,
    hosts: [faulty({ path: ofText, status: 500, body: 'boom\n' })],
  }),
  fault('one-zip-blocked', 'the same, blocked by a rule', 'mirror-forbidden-403', [mirror, 'golang.org/x/text'], {
    settings: own,
    ...withLarge,
    hosts: [faulty({ path: ofText, status: 403, body: 'Blocked by policy: critical CVE\n' })],
    fix: 'nothing',
  }),
  fault('one-zip-cut', 'one zip of several breaks off', 'truncated-download', [mirror, 'golang.org/x/text'], {
    settings: own,
    ...withLarge,
    hosts: [faulty({ path: ofText, reset: 'body', keepBytes: 70_000 })],
    fix: 'nothing',
  }),
  healthy('head-refused', 'a mirror that answers GET and refuses HEAD', {
    settings: own,
    ...withLarge,
    hosts: [host(mirror, modules({ head: 'refused' }))],
  }),
  fault('workspace-missing', 'GOWORK names a file that is not there', 'gopath-mode', 'GOWORK', {
    settings: own,
    env: { GOWORK: '/srv/none/go.work' },
    hosts: [faulty()],
  }),
  fault(
    'workspace-of-others',
    'a go.work in the folder above that does not name this module',
    'gopath-mode',
    'go.work',
    {
      settings: own,
      project: {
        'go.mod': goMod(['rsc.io/quote v1.5.2']),
        'go.sum': quoteSum,
        'main.go': 'package main\n\nimport _ "rsc.io/quote"\n\nfunc main() {}\n',
      },
      before: 'printf "go 1.21\\n" > ../go.work',
      hosts: [faulty()],
    },
  ),
  ...Object.entries(missing).map(([name, pattern]) =>
    fault(`misses-${name}`, `GOPRIVATE=${pattern} misses ${library}`, 'sumdb-private-module', pattern, {
      settings: `${china}GOPRIVATE=${pattern}\n`,
      project: privateProject,
      hosts: [gitHost()],
      fix: 'cures',
    }),
  ),
  fault(
    'misses-at-mirrors-only',
    'a domain in place of the host, and public mirrors alone are asked',
    'mirror-not-found-404-410',
    'corp.example.com',
    {
      settings: `GOPROXY=https://goproxy.cn\nGOPRIVATE=example.com\nGONOSUMDB=${corp}\n`,
      project: { 'go.mod': goMod([`${library} v1.0.0`]) },
      hosts: [gitHost()],
      fix: 'cures',
    },
  ),
  fault(
    'misses-shared-host',
    'another letter case on a host that many share',
    'sumdb-private-module',
    'github.com/Acme',
    ofUnknown('github.com/Acme', 'github.com/acme/secret'),
  ),
  fault(
    'misses-unknown-name',
    'a domain in place of a host below it, whose name says nothing',
    'sumdb-private-module',
    'acme.io',
    ofUnknown('acme.io', 'go.acme.io/secret'),
  ),
  healthy('ok-patterns-twice', 'a pattern twice, and one that another contains', {
    settings: `${china}GOPRIVATE=${corp},${library},${corp}\n`,
    project: privateProject,
    hosts: [gitHost()],
  }),
  fault('everything-private-alone', 'GOPRIVATE=*, and the origins are out of reach', 'connect-timeout', 'GOPRIVATE=*', {
    settings: `${china}GOPRIVATE=*\n`,
    fix: 'cures',
  }),
  fault('everything-private-own', 'the same past a mirror of one’s own', 'connect-timeout', 'GOPRIVATE=*', {
    settings: `${own}GOPRIVATE=*\n`,
    hosts: [faulty()],
  }),
  fault('everything-past-mirrors', 'GONOPROXY=*, and the origin refuses', 'connection-refused', 'GONOPROXY=*', {
    settings: `${china}GONOPROXY=*\n`,
    hosts: [{ names: ['rsc.io'] }],
    fix: 'cures',
  }),
];
