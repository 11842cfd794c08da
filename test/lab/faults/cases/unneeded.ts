import { fault, healthy, type LabCase } from '../case.ts';
import { answering, goMod, host, library, mirror, modules, own } from './parts.ts';

/** A project that needs nothing yet, and the next thing that its owner will ask for. */
const empty = {
  project: { 'go.mod': goMod([]), 'main.go': 'package main\n\nfunc main() {}\n' },
  pull: ['mod', 'download', 'rsc.io/quote@v1.5.2'],
} as const;
const onlyLocal = {
  ...empty,
  project: {
    'go.mod': `${goMod([`${library} v1.0.0`])}\nreplace ${library} => ./lib\n`,
    'lib/go.mod': `module ${library}\n`,
  },
} as const;
const workspace = {
  ...empty,
  project: {
    'go.work': 'go 1.21\n\nuse (\n\t./app\n\t./lib\n)\n',
    'app/go.mod': 'module example.test/app\n\ngo 1.21\n',
    'lib/go.mod': 'module example.test/lib\n\ngo 1.21\n',
  },
} as const;

const settings = {
  off: { settings: 'GOPROXY=off\n', cause: 'goproxy-off', culprit: 'GOPROXY', fix: 'cures' },
  ftp: {
    settings: 'GOPROXY=ftp://mirror.example.net\n',
    cause: 'goproxy-malformed',
    culprit: 'GOPROXY',
    fix: 'nothing',
  },
  malformed: { settings: 'GOPROXY=goproxy.cn;direct\n', cause: 'goproxy-malformed', culprit: 'GOPROXY', fix: 'cures' },
  nowhere: { settings: own, cause: 'dns-failure', culprit: mirror, fix: 'nothing' },
} as const;

/** Projects that need nothing: a setting that is broken stops the next `go get`. */
export const unneeded: readonly LabCase[] = [
  ...Object.entries({ none: empty, local: onlyLocal, workspace }).flatMap(([kind, project]) =>
    Object.entries(settings).map(([name, { settings: text, cause, culprit, fix }]) =>
      fault(
        `unneeded-${kind}-${name}`,
        `a broken setting, and a project that needs nothing (${kind})`,
        cause,
        culprit,
        {
          ...project,
          settings: text,
          fix,
        },
      ),
    ),
  ),
  fault('unneeded-401', 'a gatekeeper wants a login, and the project needs nothing', 'mirror-forbidden-403', mirror, {
    ...empty,
    settings: own,
    hosts: [answering(401, 'who are you?\n')],
    fix: 'nothing',
  }),
  fault('unneeded-500', 'a gatekeeper fails, and the project needs nothing', 'mirror-server-error-5xx', mirror, {
    ...empty,
    settings: own,
    hosts: [answering(500, 'oops\n')],
    fix: 'nothing',
  }),
  fault('unneeded-refused', 'a gatekeeper is down, and the project needs nothing', 'connection-refused', mirror, {
    ...empty,
    settings: own,
    hosts: [{ names: [mirror] }],
    fix: 'nothing',
  }),
  fault('unneeded-sumdb', 'GOSUMDB is no database, and the project needs nothing', 'gosumdb-malformed', 'GOSUMDB', {
    ...empty,
    settings: 'GOPROXY=https://goproxy.cn,direct\nGOSUMDB=sum.example.com\n',
    fix: 'cures',
  }),
  fault('unneeded-modules-off', 'modules are off, and the project needs nothing', 'gopath-mode', 'GO111MODULE', {
    ...empty,
    settings: 'GOPROXY=https://goproxy.cn,direct\nGO111MODULE=off\n',
    fix: 'cures',
  }),
  fault(
    'unneeded-walled',
    'nothing is set behind the wall, and the project needs nothing',
    ['connect-timeout', 'sumdb-unreachable'],
    ['{official}', 'sum.golang.org'],
    { ...empty, world: 'walled', fix: 'cures', pullSeconds: 20 },
  ),
  healthy('ok-unneeded', 'the project needs nothing, and a mirror answers', {
    ...empty,
    settings: 'GOPROXY=https://goproxy.cn,direct\n',
  }),
  healthy('ok-unneeded-local', 'only replacements in folders, and a mirror answers', {
    ...onlyLocal,
    settings: 'GOPROXY=https://goproxy.cn,direct\n',
  }),
  healthy('ok-unneeded-own', 'a gatekeeper that has the modules of the company alone, and a project that needs none', {
    ...empty,
    pull: ['list', './...'],
    settings: own,
    hosts: [host(mirror, modules({ empty: true, sumdb: false, made: { [library]: { 'v1.0.0': {} } } }))],
  }),
];
