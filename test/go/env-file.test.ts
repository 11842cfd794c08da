import { expect, it } from 'vitest';
import { locateEnvFile, parseEnvFile } from '../../src/go/env-file.ts';

const signal = new AbortController().signal;

it.each([
  ['linux', { HOME: '/home/dev' }, { kind: 'file', path: '/home/dev/.config/go/env' }],
  ['linux', { HOME: '/home/dev', XDG_CONFIG_HOME: '/x' }, { kind: 'file', path: '/x/go/env' }],
  [
    'linux',
    { HOME: '/home/dev', XDG_CONFIG_HOME: 'x' },
    { kind: 'none', message: 'path in $XDG_CONFIG_HOME is relative' },
  ],
  ['linux', {}, { kind: 'none', message: 'neither $XDG_CONFIG_HOME nor $HOME are defined' }],
  ['linux', { HOME: '/home/dev', GOENV: '' }, { kind: 'file', path: '/home/dev/.config/go/env' }],
  ['linux', { GOENV: 'rel/env' }, { kind: 'file', path: 'rel/env' }],
  ['linux', { HOME: '/home/dev', GOENV: 'off' }, { kind: 'off' }],
  [
    'darwin',
    { HOME: '/Users/dev', XDG_CONFIG_HOME: '/x' },
    { kind: 'file', path: '/Users/dev/Library/Application Support/go/env' },
  ],
  ['darwin', {}, { kind: 'none', message: '$HOME is not defined' }],
  [
    'win32',
    { AppData: 'C:\\Users\\dev\\AppData\\Roaming' },
    { kind: 'file', path: 'C:\\Users\\dev\\AppData\\Roaming\\go\\env' },
  ],
  ['win32', { goenv: 'D:\\env' }, { kind: 'file', path: 'D:\\env' }],
  ['win32', {}, { kind: 'none', message: '%AppData% is not defined' }],
] as const)('on %s with %j it is %j', (platform, env, expected) => {
  expect(locateEnvFile({ platform, env, cwd: '/', signal })).toEqual(expected);
});

it('holds lines that begin with a capital letter and have a =', () => {
  const text = '\ufeffA=bom\nB=1\r\n# C=2\n D=3\ne=4\nF\n=5\nB=6=7 # no comment\nG=';
  expect([...parseEnvFile(text)]).toEqual([
    ['B', '6=7 # no comment'],
    ['G', ''],
  ]);
});
