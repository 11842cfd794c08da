import { healthy, type LabCase } from '../case.ts';
import {
  china,
  corp,
  gitHost,
  goMod,
  host,
  library,
  libraryMade,
  main,
  mirror,
  modules,
  own,
  privateProject,
  withSum,
} from './parts.ts';

const git = { kind: 'git', repositories: [{ path: '/team/lib', module: library }] } as const;

/** Projects that need less than they seem to, and private modules in order. */
export const healthyProject: readonly LabCase[] = [
  healthy('ok-only-own-modules', "a mirror of the company's modules alone", {
    settings: `${own}GONOSUMDB=${corp}\n`,
    project: { 'go.mod': goMod([`${library} v1.0.0`]) },
    hosts: [host(mirror, modules({ empty: true, sumdb: false, ...libraryMade }))],
  }),
  healthy('ok-forbids-others', 'a gatekeeper answers 403 to what the project does not need', {
    settings: `${own}GONOSUMDB=${corp}\n`,
    project: { 'go.mod': goMod([`${library} v1.0.0`]) },
    hosts: [
      host(
        mirror,
        modules({
          ...libraryMade,
          faults: [
            { path: 'rsc.io', status: 403, body: 'not approved\n' },
            { path: '/sumdb/', status: 403 },
          ],
        }),
      ),
    ],
  }),
  healthy('ok-off-and-cached', 'GOPROXY=off, and everything is in the module cache', {
    before: 'GOENV=off go mod download',
    settings: 'GOPROXY=off\n',
    project: withSum,
  }),
  healthy('ok-vendor', 'a vendored project, and nothing can be reached', {
    settings: 'GOPROXY=off\nGOFLAGS=-mod=vendor\n',
    project: {
      ...withSum,
      'main.go': main,
      'vendor/modules.txt': '# rsc.io/quote v1.5.2\n## explicit\nrsc.io/quote\n',
      'vendor/rsc.io/quote/quote.go': 'package quote\n',
    },
    pull: ['list', '-deps', './...'],
  }),
  healthy('ok-workspace', 'a workspace of two modules', {
    settings: china,
    project: {
      'go.work': 'go 1.21\n\nuse (\n\t./app\n\t./lib\n)\n',
      'app/go.mod': goMod(['github.com/robfig/cron/v3 v3.0.1']),
      'lib/go.mod': 'module example.test/lib\n\ngo 1.21\n',
    },
  }),
  healthy('ok-upper-case', 'a module with capitals in its path', {
    settings: china,
    project: { 'go.mod': goMod(['github.com/BurntSushi/toml v1.6.0']) },
  }),
  healthy('ok-replace', 'a replacement in a folder of the project', {
    settings: china,
    project: {
      'go.mod': `${goMod(['rsc.io/quote v1.5.2', `${library} v1.0.0`])}\nreplace ${library} => ./lib\n`,
      'lib/go.mod': `module ${library}\n`,
    },
  }),
  healthy('ok-private', 'a private module, kept away from mirrors', {
    settings: `${china}GOPRIVATE=${corp}\n`,
    project: privateProject,
    hosts: [gitHost()],
  }),
  healthy('ok-private-login', 'a private module with a login from netrc', {
    settings: `${china}GOPRIVATE=*.example.com\n`,
    home: { '.netrc': `machine ${corp} login dev password s3cret\n` },
    project: privateProject,
    hosts: [gitHost({ login: 'dev:s3cret' })],
  }),
  healthy('ok-private-goproxy-off', 'GOPROXY=off does not concern private modules', {
    settings: `GOPROXY=off\nGOPRIVATE=${corp}\n`,
    project: { 'go.mod': goMod([`${library} v1.0.0`]) },
    hosts: [gitHost()],
  }),
  healthy('ok-private-through-mirror', "a private module from the company's mirror", {
    settings: `${own}GOPRIVATE=${corp}\nGONOPROXY=none\n`,
    project: privateProject,
    hosts: [host(mirror, modules(libraryMade))],
  }),
  healthy('ok-private-unused-pattern', 'patterns for modules that this project does not need', {
    settings: `${china}GOPRIVATE=github.com/ourteam,*.corp.example.org,Upper.example.com\n`,
  }),
  healthy('ok-private-slash', 'a pattern that ends with a slash', {
    settings: `${china}GOPRIVATE=${corp}/\n`,
    project: privateProject,
    hosts: [gitHost()],
  }),
  healthy('ok-private-insteadof', 'git itself rewrites the address', {
    settings: `${china}GOPRIVATE=${corp}\n`,
    home: {
      '.gitconfig': '[url "https://code.example.com/"]\n\tinsteadOf = https://git.corp.example.com/\n',
    },
    project: privateProject,
    hosts: [gitHost({ login: 'nobody:knows' }), host('code.example.com', { tls: 'trusted', role: git })],
  }),
  healthy('ok-insecure-http', 'a git server over plain HTTP, allowed by GOINSECURE', {
    settings: `${china}GOPRIVATE=${corp}\nGOINSECURE=${corp}\n`,
    project: privateProject,
    hosts: [host(corp, { role: git }, 80)],
  }),
  healthy('ok-read-only-home', 'a user who may not write HOME but the module cache', {
    settings: china,
    user: 4321,
    before: 'mkdir {lab}/cache; chown 4321:4321 {lab}/cache; chmod a-w {home}',
    env: { GOPATH: '{lab}/cache', GOMODCACHE: '{lab}/cache/mod' },
    keep: ['{home}'],
  }),
  healthy('ok-cache-unused-damage', 'a damaged zip of a version that the project does not need', {
    settings: china,
    project: withSum,
    before:
      'd={home}/go/pkg/mod/cache/download/rsc.io/quote/@v; go mod download; chmod -R u+w {home}/go; echo x > $d/v1.4.0.zip',
  }),
];
