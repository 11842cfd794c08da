import { find, pattern } from './pattern.ts';

/**
 * What a message was about. `toolchain`: a download of Go itself. `sumdb`: the checksum database, directly or through a
 * mirror. `proxy`: a URL of the module proxy protocol. `vcs`: git and its like. `page`: the page of an import path
 * (`?go-get=1`). `go`: some other message of the go command. `none`: nothing says so.
 */
export type Place = 'toolchain' | 'sumdb' | 'proxy' | 'vcs' | 'page' | 'go' | 'none';

const places: readonly (readonly [Place, readonly string[]])[] = [
  ['toolchain', ['golang.org/toolchain', 'download go1*: ', 'downloading go1', 'toolchain not available']],
  [
    'sumdb',
    ['/lookup/*@', '/sumdb/', '/tile/8/', 'sum.golang.', 'verifying go.mod: ', 'verifying module: ', 'verifying *@'],
  ],
  ['proxy', ['/@v/', '/@latest', 'goproxy', 'proxy.golang']],
  [
    'vcs',
    [
      'git ls-remote',
      'git fetch',
      'git clone',
      'git -c ',
      'git init',
      '|hg clone',
      '|hg pull',
      'bzr ',
      'svn ',
      'fossil ',
      'cloning into',
      'fatal: ',
      '致命错误',
      'exit status 128',
      'ls-remote',
    ],
  ],
  ['page', ['go-get=1', 'https fetch', 'unrecognized import path']],
  [
    'go',
    [
      '|go: ',
      'go get ',
      'go mod ',
      'go build ',
      'go install ',
      'go list ',
      '@v0.',
      '@v1.',
      '@v2.',
      '@v*.',
      '@latest',
      '/pkg/mod/',
      'go.mod',
      'go.sum',
    ],
  ],
];
const compiled = places.map(([place, texts]) => [place, texts.map(pattern)] as const);

/** What a folded message was about: the first of the list that its text shows. */
export function placeOf(folded: string): Place {
  for (const [place, patterns] of compiled) if (patterns.some(one => find(one, folded))) return place;
  return 'none';
}
