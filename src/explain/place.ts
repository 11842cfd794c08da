import { find, pattern } from './pattern.ts';

/**
 * What a message was about. `elsewhere`: an image, another package manager, a test. `toolchain`: a download of Go itself.
 * `sumdb`: the checksum database, directly or through a mirror. `proxy`: a URL of the module proxy protocol. `vcs`: git and
 * its like. `page`: the page of an import path (`?go-get=1`). `go`: some other message of the go command. `none`: nothing
 * says so.
 */
export type Place = 'elsewhere' | 'toolchain' | 'sumdb' | 'proxy' | 'vcs' | 'page' | 'go' | 'none';

/** Texts that show a place; of several the first of this list counts. */
const places: readonly (readonly [Place, readonly string[]])[] = [
  [
    'elsewhere',
    [
      'registry-1.docker',
      'docker.io',
      'error response from daemon',
      'failed to resolve source metadata',
      'failed to do request: head',
      '/v2/*/manifests/',
      '--- fail',
      '_test.go:',
      '|npm err',
      'debian.org/debian',
      'ubuntu.com/ubuntu',
      'alpinelinux.org/alpine',
      'pip._vendor',
      'npmjs.',
    ],
  ],
  ['toolchain', ['golang.org/toolchain', '|download go1.']],
  [
    'sumdb',
    ['/lookup/*@', '/sumdb/', '/tile/8/', 'sum.golang.', 'verifying go.mod: ', 'verifying module: ', '|verifying *@'],
  ],
  ['proxy', ['/@v/', '/@latest', 'goproxy.']],
  [
    'vcs',
    [
      '|git ls-remote',
      '|git fetch',
      '|git clone',
      '|git init',
      '|git -c ',
      '|hg clone',
      '|hg pull',
      '|bzr ',
      '|svn ',
      'fossil clone',
      'cloning into',
      '正克隆到',
      '|fatal: ',
      '致命错误',
      'exit status 128',
    ],
  ],
  ['page', ['go-get=1', 'https fetch', 'unrecognized import path']],
  [
    'go',
    [
      '|go: ',
      '|go get ',
      '|go mod ',
      '|go build ',
      '|go install ',
      '|go list ',
      '@v0.',
      '@v1.',
      '@v*.*.',
      '@latest',
      'pkg/mod/',
      'pkg\\mod\\',
      '|go.mod',
      '|go.sum',
      'unknown import path',
    ],
  ],
];
const compiled = places.map(([place, texts]) => [place, texts.map(pattern)] as const);

/** What a folded message was about. */
export function placeOf(folded: string): Place {
  for (const [place, patterns] of compiled) if (patterns.some(one => find(one, folded))) return place;
  return 'none';
}
