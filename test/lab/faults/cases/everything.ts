import { fault, healthy, type LabCase } from '../case.ts';
import { china, corp, gitHost, goMod, library } from './parts.ts';

const unreachable = [
  'connect-timeout',
  'network-unreachable',
  'private-auth-missing',
  'unrecognized-import-path',
] as const;
const quote = { 'go.mod': goMod(['rsc.io/quote v1.5.2']) };
const deep = { 'go.mod': goMod(['github.com/robfig/cron/v3 v3.0.1']) };

/** Patterns that send everything to origins that are out of reach, while the mirror would have it. */
export const everything: readonly LabCase[] = [
  ...Object.entries({
    'no-proxy': 'GONOPROXY=*\n',
    private: 'GOPRIVATE=*\n',
    'private-among': `GOPRIVATE=*,${corp}\n`,
    'no-proxy-host': 'GONOPROXY=github.com,rsc.io\n',
    'private-github': 'GOPRIVATE=github.com,rsc.io\n',
  }).map(([name, line]) =>
    fault(
      `everything-${name}`,
      `${line.trim()}: all goes to its origin, which is behind the wall`,
      unreachable,
      ['GONOPROXY=', 'GOPRIVATE='],
      {
        world: 'walled',
        settings: china + line,
        project: deep,
        pullSeconds: 20,
        fix: line.includes('*') ? 'cures' : 'nothing',
      },
    ),
  ),
  fault(
    'everything-os',
    'GONOPROXY=* in the environment, and the origins are behind the wall',
    unreachable,
    'GONOPROXY=*',
    { world: 'walled', settings: china, env: { GONOPROXY: '*' }, project: deep, pullSeconds: 20 },
  ),
  healthy('ok-everything-cached', 'GOPRIVATE=*, and all is in the module cache', {
    world: 'open',
    before: `GOENV=off GOPROXY=https://goproxy.cn go mod download`,
    settings: `${china}GOPRIVATE=*\n`,
    project: quote,
  }),
];

/** A private module that no pattern names, in a project that needs nothing else. */
export const unnamed: readonly LabCase[] = [
  ...Object.entries({
    alone: 'GOPROXY=https://goproxy.cn\n',
    direct: china,
    'with-pattern': `${china}GOPRIVATE=git.other.example.com\n`,
    'with-typo': `${china}GOPRIVATE=git.crop.example.com\n`,
    'only-no-proxy': `${china}GONOPROXY=${corp}\n`,
    default: '',
  }).map(([name, settings]) =>
    fault(
      `unnamed-${name}`,
      `a private module that no pattern keeps from the public database (${settings.trim() || 'nothing is set'})`,
      ['sumdb-private-module', 'mirror-not-found-404-410'],
      [library, corp],
      { settings, project: { 'go.mod': goMod([`${library} v1.0.0`]) }, hosts: [gitHost()], fix: 'cures' },
    ),
  ),
  healthy('ok-named-alone', 'a private module with its pattern, and nothing else', {
    settings: `${china}GOPRIVATE=${corp}\n`,
    project: { 'go.mod': goMod([`${library} v1.0.0`]) },
    hosts: [gitHost()],
  }),
];
