import { describe, expect, it } from 'vitest';
import { ignoredLines, locateEnvFile, parseEnvFile } from '../../src/go/env-file.ts';

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

describe('a line that go passes over', () => {
  const value = 'https://goproxy.cn,direct';
  const marked = (text: string, encoding: 'utf16le' | 'utf8') => Buffer.from(text, encoding).toString('utf8');
  it.each([
    ['a byte order mark', `\ufeffGOPROXY=${value}\n`],
    ['UTF-16', marked(`\ufeffGOPROXY=${value}\n`, 'utf16le')],
    ['UTF-16, the other way round', Buffer.from(`\ufeffGOPROXY=${value}\n`, 'utf16le').swap16().toString('utf8')],
    ['export', `export GOPROXY=${value}\n`],
    ['export, with quotes', `export GOPROXY="${value}"\n`],
    ['set', `set GOPROXY=${value}\r\n`],
    ['setx', `setx GOPROXY "${value}"\n`],
    ['PowerShell', `$env:GOPROXY = "${value}"\n`],
    ['go env -w', `go env -w GOPROXY=${value}\n`],
    ['a blank before the name', ` GOPROXY=${value}\n`],
    ['a tab before the name', `\tGOPROXY=${value}\n`],
    ['a blank before the =', `GOPROXY = ${value}\n`],
    ['small letters', `goproxy=${value}\n`],
    ['mixed letters', `GoProxy=${value}\n`],
    ['a colon', `GOPROXY: ${value}\n`],
    ['a quoted name', `"GOPROXY"="${value}"\n`],
    ['a semicolon at the end', `export GOPROXY=${value};\n`],
  ])('%s', (_, text) => {
    expect(parseEnvFile(text).get('GOPROXY')).toBeUndefined();
    expect(ignoredLines(`# mine\n${text}`)).toMatchObject([{ number: 2, name: 'GOPROXY', meant: value }]);
  });

  it.each([
    `GOPROXY=${value}\n`,
    `# GOPROXY=${value}\n`,
    '#goproxy\n',
    'GOPROXY="https://goproxy.cn"\n',
    'PATH=/usr/bin\n',
    '\n\n',
    'a note about GOPROXY\n',
  ])('is not one that it reads, nor a comment, nor another matter: %j', text => {
    expect(ignoredLines(text)).toEqual([]);
  });
});
