import { createHash } from 'node:crypto';
import fc from 'fast-check';

/** A machine's settings, and how the servers behave that they may lead to. */
export interface Combination {
  module: string;
  settings: Record<string, string>;
  /** The settings stand in the settings file, not in the environment. */
  inFile: boolean;
  /** The working folder is a project whose go.sum has the module. */
  goSum: boolean;
  /** Status of module files, and of the question whether the checksum database is supported, by host. */
  hosts: Record<string, { files: number; sums: number }>;
}

const key = Buffer.concat([Buffer.from([1]), Buffer.alloc(32, 7)]);
const hash = createHash('sha256').update('sums.corp.test\n').update(key).digest('hex').slice(0, 8);
const ownDatabase = `sums.corp.test+${hash}+${key.toString('base64')}`;

const host = fc.record({
  files: fc.constantFrom(200, 200, 200, 404, 404, 410, 403, 500),
  sums: fc.constantFrom(404, 404, 410, 200, 500, 403),
});
const entry = fc.constantFrom(
  ...['http://a.mirror.test', 'http://b.mirror.test/base/', 'http://c.mirror.test', 'http://a.mirror.test'],
  ...['d.mirror.test', 'http://u:p@c.mirror.test', 'file:///nonexistent', 'direct', 'direct', 'off', '', 'http://'],
);
const goproxy = fc
  .array(fc.tuple(entry, fc.constantFrom(',', ',', '|', '|', ' , ')), { minLength: 1, maxLength: 4 })
  .map(list => list.flat().slice(0, -1).join(''));
const odd = fc.constantFrom(
  'OFF',
  'http://a.mirror.test;direct',
  'http://a.mirror.test:x',
  'ftp://a.mirror.test',
  ',',
  'http://b.mirror.test direct',
);
const patterns = fc.constantFrom(
  ...[
    '',
    '',
    '',
    'git.corp.test',
    '*.corp.test',
    'example.test/team',
    'example.test/te*',
    'a.com, git.corp.test',
    'GIT.corp.test',
    'none',
    '*',
    '[',
    'example.test/team/',
  ],
);
const gosumdb = fc.constantFrom(
  ...[
    '',
    '',
    'off',
    'off',
    'off',
    'sum.golang.org',
    'sum.golang.google.cn',
    'sum.golang.org http://sums.test/base',
    ownDatabase,
  ],
  ...[`${ownDatabase} http://sums.test`, 'on', 'sum.golang.org http://a b'],
);

const settings = fc
  .record({
    GOPROXY: fc.oneof({ weight: 12, arbitrary: goproxy }, { weight: 1, arbitrary: odd }),
    GOSUMDB: gosumdb,
    GOPRIVATE: patterns,
    GONOPROXY: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: patterns }),
    GONOSUMDB: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: patterns }),
    GO111MODULE: fc.constantFrom(...Array(14).fill(''), 'on', 'auto', 'off'),
    GOINSECURE: fc.constantFrom('', '', '', '*.corp.test'),
  })
  .map(values =>
    Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== '' || name === 'GOPROXY')),
  );

/** Generated combinations: the same seed gives the same. */
export function combinations(count: number, seed: number): Combination[] {
  const combination = fc.record({
    module: fc.constantFrom('git.corp.test/team/lib', 'example.test/team/lib', 'example.test/Team/Lib'),
    settings,
    inFile: fc.boolean(),
    goSum: fc.constantFrom(false, false, false, true),
    hosts: fc.record({ 'a.mirror.test': host, 'b.mirror.test': host, 'c.mirror.test': host }),
  });
  const usable = combination.filter(({ settings: { GOPROXY }, inFile }) => GOPROXY !== '' || inFile);
  return fc.sample(usable, { numRuns: count, seed });
}
