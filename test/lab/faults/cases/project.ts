import { fault, healthy, type LabCase } from '../case.ts';
import { corp, gitHost, goMod, library, quoteSum } from './parts.ts';

const settings = 'GOPROXY=https://goproxy.cn,direct\n';
const quote = goMod(['rsc.io/quote v1.5.2']);
const main = 'package main\n\nimport _ "rsc.io/quote"\n\nfunc main() {}\n';
const wrongSum = quoteSum.replace('w5fcysjrx7', 'AAfcysjrx7');
const projectFault = ['not-a-pull-problem', 'module-invalid', 'path-mismatch', 'malformed-module-path'] as const;

/** What the project itself says: go.mod, go.sum, vendor. */
export const project: readonly LabCase[] = [
  fault('sum-mismatch', 'go.sum holds another hash', 'checksum-mismatch-gosum', ['rsc.io/quote', 'go.sum'], {
    settings,
    project: { 'go.mod': quote, 'go.sum': wrongSum },
  }),
  fault(
    'sum-mismatch-mod',
    'go.sum holds another hash of a go.mod',
    'checksum-mismatch-gosum',
    ['rsc.io/quote', 'go.sum'],
    { settings, project: { 'go.mod': quote, 'go.sum': quoteSum.replace('LzX7hefJ', 'AAX7hefJ') } },
  ),
  healthy('ok-sum-missing', 'go.sum lacks what the build needs, and the next download adds it', {
    settings,
    project: { 'go.mod': quote, 'main.go': main },
  }),
  fault(
    'cache-other-sum',
    'the module cache holds other bits than go.sum says',
    'checksum-mismatch-gosum',
    ['rsc.io/quote', 'go.sum'],
    {
      settings,
      before: `mkdir {lab}/other; cd {lab}/other; printf 'module x.test/x\\n\\ngo 1.21\\n\\nrequire rsc.io/quote v1.5.2\\n' > go.mod; GOENV=off GOPROXY=https://goproxy.cn go mod download`,
      project: { 'go.mod': quote, 'go.sum': wrongSum },
    },
  ),
  fault(
    'vendor-incomplete',
    'the vendor folder lacks a package that it lists',
    'vendor-inconsistent',
    ['vendor', 'rsc.io/quote'],
    {
      settings,
      project: {
        'go.mod': quote,
        'go.sum': quoteSum,
        'main.go': main,
        'vendor/modules.txt': '# rsc.io/quote v1.5.2\n## explicit\nrsc.io/quote\n',
      },
      pull: ['build', './...'],
    },
  ),
  healthy('ok-vendor-workspace', 'a workspace with a vendor folder of its own, and nothing can be reached', {
    settings: 'GOPROXY=off\n',
    project: {
      'go.work': 'go 1.22\n\nuse ./app\n',
      'app/go.mod': goMod(['rsc.io/quote v1.5.2'], '1.22'),
      'app/main.go': main,
      'vendor/modules.txt': '## workspace\n# rsc.io/quote v1.5.2\n## explicit\nrsc.io/quote\n',
      'vendor/rsc.io/quote/quote.go': 'package quote\n',
    },
    pull: ['list', '-deps', './app'],
  }),
  fault(
    'sum-malformed',
    'a line of go.sum is damaged by a merge',
    ['checksum-mismatch-gosum', 'gosum-missing-entry', ...projectFault],
    'go.sum',
    { settings, project: { 'go.mod': quote, 'go.sum': `<<<<<<< HEAD\n${quoteSum}` } },
  ),
  fault(
    'vendor-inconsistent',
    'vendor/modules.txt is of another version',
    'vendor-inconsistent',
    ['vendor', 'rsc.io/quote'],
    {
      settings,
      project: {
        'go.mod': quote,
        'go.sum': quoteSum,
        'main.go': main,
        'vendor/modules.txt': '# rsc.io/quote v1.5.1\n## explicit\nrsc.io/quote\n',
        'vendor/rsc.io/quote/quote.go': 'package quote\n',
      },
      pull: ['build', './...'],
    },
  ),
  fault(
    'replace-missing',
    'a replacement in a folder that is not there',
    projectFault,
    ['../lib-of-mine', 'rsc.io/quote'],
    { settings, project: { 'go.mod': `${quote}\nreplace rsc.io/quote => ../lib-of-mine\n` } },
  ),
  fault('go-mod-malformed', 'go.mod has a line that is none', projectFault, 'go.mod', {
    settings,
    project: { 'go.mod': `${quote}\nrequires foo v1\n` },
  }),
  fault(
    'go-mod-url',
    'a requirement with a scheme',
    ['malformed-module-path', ...projectFault],
    ['https://rsc.io/quote', 'go.mod'],
    { settings, project: { 'go.mod': goMod(['https://rsc.io/quote v1.5.2']) } },
  ),
  fault(
    'go-mod-no-dot',
    'a requirement without a dot',
    ['malformed-module-path', 'mirror-not-found-404-410'],
    'quote/lib',
    { settings: 'GOPROXY=https://goproxy.cn\n', project: { 'go.mod': goMod(['quote/lib v1.0.0']) } },
  ),
  fault(
    'version-missing',
    'a version that was never published',
    ['mirror-not-found-404-410', 'unknown-revision', 'no-matching-version'],
    ['rsc.io/quote', 'goproxy.cn'],
    { settings: 'GOPROXY=https://goproxy.cn\n', project: { 'go.mod': goMod(['rsc.io/quote v1.9.9']) } },
  ),
  fault(
    'module-missing',
    'a module that nobody has',
    ['mirror-not-found-404-410', 'unknown-revision'],
    ['github.com/nobody/nothing', 'goproxy.cn'],
    { settings: 'GOPROXY=https://goproxy.cn\n', project: { 'go.mod': goMod(['github.com/nobody/nothing v1.0.0']) } },
  ),
  fault('work-missing', 'go.work uses a folder that is not there', projectFault, ['./tools', 'go.work'], {
    settings,
    project: { 'go.mod': quote, 'go.work': 'go 1.21\n\nuse (\n\t.\n\t./tools\n)\n' },
  }),
  fault(
    'major-mismatch',
    'v2 without the suffix',
    ['malformed-module-path', 'no-matching-version', ...projectFault],
    ['v2.0.0', library],
    {
      settings: `${settings}GOPRIVATE=${corp}\n`,
      project: { 'go.mod': goMod([`${library} v2.0.0`]) },
      hosts: [gitHost({ repositories: [{ path: '/team/lib', module: library, tags: ['v2.0.0'] }] })],
    },
  ),
];
