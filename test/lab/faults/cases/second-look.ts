import { fault, healthy, type LabCase } from '../case.ts';
import { faulty, goMod, host, mirror, modules, own, quoteSum, throughMirror, withLarge } from './parts.ts';

const blocked = { status: 451, body: 'blocked: malware found in this version\n' };
const ofText = 'golang.org/x/text/@v/v0.42.0.zip';

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
];
