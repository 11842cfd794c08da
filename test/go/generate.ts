import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { knownDatabase } from '../../src/go/gosumdb.ts';
import type { Question, SettingKind } from './judge.ts';

const joined = (parts: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> =>
  fc.array(parts, { maxLength }).map(list => list.join(''));
const chars = (text: string): fc.Arbitrary<string> => fc.constantFrom(...Array.from(text));
/** What people type, and what breaks parsers. Surrogates are left out: go reads bytes, and they have none. */
const odd = fc.oneof(
  chars(' \t\n\r\u0000\u007f\u0085\u00a0\u3000\ufeff，；é😀"\'<>[]{}|\\^`%#?@:;,=&+~!$*()_-./'),
  fc.string({ maxLength: 3 }),
);

const host = fc.oneof(
  fc.constantFrom(
    'goproxy.cn',
    'localhost',
    '127.0.0.1',
    '[::1]',
    '[fe80::1%25eth0]',
    '[1.2.3.4]',
    'a_b.c',
    'Ex.COM',
    '',
  ),
  joined(fc.oneof(chars('ab1.-'), odd), 6),
);
const port = fc.constantFrom('', '', '', ':80', ':', ':x', ':8080', ':1:2', ':-1', ':99999');
const user = fc.oneof(
  fc.constantFrom('', '', '', 'u@', 'u:p@', 'u:p%40q@', 'u:p@q@', ':@', '%zz@', 'a b@'),
  joined(odd, 3),
);
const scheme = fc.constantFrom(
  ...[
    'https://',
    'https://',
    'http://',
    'file://',
    'file:///',
    'file:',
    'HTTPS://',
    'ftp://',
    'https:/',
    'https//',
    '//',
    '',
    ':',
    'a+b://',
    '1x://',
  ],
);
const path = fc.oneof(
  fc.constantFrom('', '', '/', '/a/b', '/a%2fb', '/%zz', '/%', '/a b', '/é', '?q', '?', '#f', '#%zz', '/x?y#z'),
  joined(odd, 4),
);
const goodUrl = fc
  .tuple(
    fc.constantFrom('https://', 'http://', 'https://u:p%40q@', ''),
    fc.constantFrom('goproxy.cn', 'mirror.corp.example.com:8443', '[::1]:3000', '127.0.0.1:80', 'Ex.COM'),
    fc.constantFrom('', '/', '/a/b', '/repo!/x', '/a%2fb/'),
  )
  .map(parts => parts.join(''));
const url = fc.tuple(scheme, user, host, port, path).map(parts => parts.join(''));
const entry = fc.oneof(
  { weight: 6, arbitrary: goodUrl },
  { weight: 2, arbitrary: url },
  fc.constantFrom('direct', 'off', 'OFF', 'Direct', '', ' ', ' direct ', '/abs', 'C:\\x', '*', 'x'),
  joined(odd, 5),
);
const separator = fc.constantFrom(',', ',', '|', '|', ', ', ' | ', ',,', '|,', ';', ' ');

const goproxy = fc
  .array(fc.tuple(entry, separator), { minLength: 1, maxLength: 4 })
  .map(list => list.flat().slice(0, -1).join(''));

const databaseName = fc.oneof(
  fc.constantFrom(
    'sum.golang.org',
    'sum.golang.google.cn',
    'sum.corp.example.com',
    'sum.corp/a',
    'sum.corp/',
    'a b',
    'u@h',
    'h?q',
    'h#f',
    'h:80',
    'h:x',
    '',
    'h/%2f',
    'h//x',
    'é',
  ),
  joined(fc.oneof(chars('ab.-/:'), odd), 5),
);
/** A key whose hash is right, then sometimes spoilt. */
const verifier = fc
  .tuple(
    databaseName,
    fc.uint8Array({ minLength: 32, maxLength: 32 }),
    fc.constantFrom(1, 1, 1, 2),
    fc.nat(12),
    fc.constantFrom(0, 0, 0, 1),
  )
  .map(([name, bytes, algorithm, spoil, cut]) => {
    const key = Buffer.from([algorithm, ...bytes.subarray(cut)]);
    const hash = createHash('sha256').update(`${name}\n`).update(key).digest('hex').slice(0, 8);
    const text = key.toString('base64');
    if (spoil === 0) return `${name}+${hash.toUpperCase()}+${text}`;
    if (spoil === 1) return `${name}+${hash.slice(1)}+${text}`;
    if (spoil === 2) return `${name}+00000000+${text}`;
    if (spoil === 3) return `${name}+${hash}+${text.slice(0, -1)}`;
    if (spoil === 4) return `${name}+${hash}+${text}\n`;
    return `${name}+${hash}+${text}`;
  });
const gosumdb = fc
  .array(
    fc.oneof(
      fc.constantFrom(knownDatabase.name, knownDatabase.key, knownDatabase.alias, 'off', 'on', 'OFF'),
      verifier,
      databaseName,
      url,
    ),
    {
      maxLength: 3,
    },
  )
  .chain(parts => fc.constantFrom(' ', ' ', '  ', '\t', '\u00a0', ',').map(space => parts.join(space)));

const oddElement = fc.oneof(
  fc.constantFrom(
    ...[
      'v01',
      'v2.3',
      'x.v0',
      'y.v1-unstable',
      'CON',
      'com1.x',
      'aux',
      'a~1',
      'a~',
      '..',
      '.',
      '.x',
      'x.',
      '-x',
      'A',
      '',
    ],
  ),
  joined(chars('abcA.1-_~v'), 5),
  joined(odd, 2),
);
const element = fc.oneof(
  fc.constantFrom('git', 'Corp', 'v2', 'v1', 'yaml.v3', 'a_b', 'c-d', 'v10'),
  joined(chars('abAv1.-_~'), 5),
  oddElement,
);
const first = fc.oneof(
  fc.constantFrom('github.com', 'gopkg.in', 'example.com', 'a-b.c', 'EX.com', 'corp', '-a.b'),
  joined(chars('ab1.-'), 5),
  oddElement,
);
const modulePath = fc
  .tuple(first, fc.array(element, { maxLength: 3 }))
  .map(([host, rest]) => [host, ...rest].join('/'));

const plainElement = fc.constantFrom(
  'git',
  'corp',
  'com',
  'Team',
  'x.y',
  'lib',
  'v2',
  'a-b',
  'git.corp.com',
  'example.com',
);
const target = fc.oneof(
  fc.array(plainElement, { minLength: 1, maxLength: 4 }).map(list => list.join('/')),
  modulePath,
);
/** What a character of the target becomes in a glob made from it: mostly it stays. */
const blurred = fc.oneof(
  { weight: 30, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom('*', '?', '[a-z]', '[^a]', '[^/]', '\\', '', '[', 'A', ' ', '**') },
);
const fromTarget = (path: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(path.split('/').length), fc.array(blurred, { minLength: path.length, maxLength: path.length }))
    .map(([length, blurs]) => {
      const glob = Array.from(path, (char, index) => blurs[index] ?? char).join('');
      return length === 0 ? glob : glob.split('/').slice(0, length).join('/');
    });
const globPart = fc.oneof(
  chars('abAcom.*?/'),
  fc.constantFrom(
    '*',
    '[ab]',
    '[^a]',
    '[a-c]',
    '[',
    ']',
    '[]a]',
    '[a-]',
    '[-a]',
    '\\*',
    '\\',
    '[\\]]',
    '/',
    'git',
    'com',
  ),
);
const anyGlob = fc.oneof(joined(globPart, 6), joined(odd, 3));
const pattern = target.chain(Path => {
  const glob = fc.tuple(
    fc.oneof(fromTarget(Path), fromTarget(Path), anyGlob),
    fc.constantFrom(',', ',', ', ', '/,', ',,'),
  );
  return fc.record({
    Kind: fc.constant('pattern' as const),
    Value: fc.array(glob, { maxLength: 3 }).map(list => list.flat().join('')),
    Path: fc.constant(Path),
  });
});

const govcsItem = fc.tuple(
  fc.oneof(fc.constantFrom('private', 'public', 'github.com', '*.com', './x', '..', '', ' public '), modulePath),
  fc.constantFrom(':', ':', ':', '', ' : '),
  fc.constantFrom('git', 'all', 'off', 'git|hg', 'git| svn', '', '|', 'bzr|'),
);
const govcs = fc
  .array(
    govcsItem.map(parts => parts.join('')),
    { maxLength: 3 },
  )
  .map(list => list.join(','));
const govcsPath = fc.oneof(fc.constantFrom('private.example.com/x', 'github.com/a/b', 'x.com/y'), modulePath);

const question = (Kind: SettingKind, Value: fc.Arbitrary<string>, Path: fc.Arbitrary<string> = fc.constant('')) =>
  fc.record({ Kind: fc.constant(Kind), Value, Path });

/** A well-formed Unicode text: what JSON can carry to the judge. */
const wellFormed = ({ Value, Path }: Question<SettingKind>): boolean => !/\p{Surrogate}/u.test(Value + Path);

export const questions: Record<SettingKind, fc.Arbitrary<Question<SettingKind>>> = {
  goproxy: question('goproxy', goproxy).filter(wellFormed),
  gosumdb: question('gosumdb', gosumdb).filter(wellFormed),
  govcs: question('govcs', govcs, govcsPath).filter(wellFormed),
  pattern: pattern.filter(wellFormed),
  path: question('path', fc.constant(''), modulePath).filter(wellFormed),
  version: question(
    'version',
    fc.oneof(fc.constantFrom('v1.2.3', 'master', 'v1.0.0-RC1', 'v2.0.0+incompatible'), element),
  ).filter(wellFormed),
};
