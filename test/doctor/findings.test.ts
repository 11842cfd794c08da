import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/doctor/check.ts';
import { problem } from '../../src/doctor/finding.ts';
import { findingsOn } from '../../src/doctor/findings.ts';
import type { MirrorProbe } from '../../src/probe/result.ts';
import { factsWith, type Given, mirrorOf, needOf, trialOf } from './facts.ts';

const failing = (given: Given): string[] =>
  findingsOn(factsWith(given))
    .filter(({ status }) => status === 'fail')
    .map(({ cause, target }) => `${cause} ${target}`);

describe('the findings', () => {
  it('hold nothing that fails where all is well', () => {
    expect(failing({})).toEqual([]);
  });

  it.each<[string, Given, string[]]>([
    ['an empty list', { file: { GOPROXY: '' } }, ['goproxy-malformed GOPROXY']],
    ['downloads forbidden', { file: { GOPROXY: 'off' } }, ['goproxy-off GOPROXY']],
    ['modules switched off', { os: { GO111MODULE: 'off' } }, ['gopath-mode GO111MODULE']],
    ['an unknown database', { file: { GOSUMDB: 'gosum.io' } }, ['gosumdb-malformed GOSUMDB']],
    [
      'a mirror that refuses',
      { mirrors: [mirrorOf({ status: 'fail', cause: 'connection-refused' })] },
      ['connection-refused mirror.example.com:443'],
    ],
    [
      'two faults: the mirror comes before the database',
      { file: { GOSUMDB: 'on' }, mirrors: [mirrorOf({ status: 'fail', cause: 'dns-failure' })] },
      ['dns-failure mirror.example.com:443', 'gosumdb-malformed GOSUMDB'],
    ],
    [
      'a private name without a pattern',
      { needs: [needOf('git.corp.example.com/team/lib', { looksPrivate: true })] },
      ['sumdb-private-module git.corp.example.com/team/lib'],
    ],
    [
      'a variable that hides a value which works',
      {
        file: { GOPROXY: 'https://good.example.com,direct' },
        os: { GOPROXY: 'https://mirror.example.com,direct' },
        mirrors: [mirrorOf({ status: 'fail', cause: 'connection-refused' })],
        fileWorks: true,
      },
      ['env-overridden GOPROXY', 'connection-refused mirror.example.com:443'],
    ],
    [
      'a name that is no path',
      { refused: [{ path: 'nodot/x', version: 'v1.0.0', message: 'malformed module path "nodot/x": missing dot' }] },
      ['malformed-module-path nodot/x'],
    ],
  ])('name %s', (_, given, expected) => {
    expect(failing(given)).toEqual(expected);
  });

  it.each<[string, Given]>([
    [
      'GOPROXY=off with everything in the cache',
      { file: { GOPROXY: 'off' }, needs: [needOf('rsc.io/quote', { cached: true })] },
    ],
    [
      'a private name that go.sum knows',
      { needs: [needOf('git.corp.example.com/lib', { looksPrivate: true, summed: { zip: true, mod: true } })] },
    ],
    [
      'a variable that hides the file and works',
      { file: { GOPROXY: 'https://good.example.com,direct' }, os: { GOPROXY: 'https://mirror.example.com,direct' } },
    ],
    [
      'a mirror’s own way to the database that GOSUMDB goes around',
      {
        file: { GOSUMDB: 'sum.golang.google.cn' },
        mirrors: [mirrorOf({ status: 'fail', cause: 'sumdb-bad-response' })],
      },
    ],
    ['GOSUMDB=off', { file: { GOSUMDB: 'off' }, database: null }],
    [
      'a catalogue’s mirror that is down',
      {
        mirrors: [
          mirrorOf(),
          mirrorOf({ url: 'https://b.example.com', counts: false, status: 'fail', cause: 'stalled' }),
        ],
      },
    ],
    [
      'a broken mirror that a real download falls past',
      {
        mirrors: [mirrorOf({ status: 'fail', cause: 'connection-refused' })],
        trials: [trialOf({ outcome: 'ok' })],
      },
    ],
  ])('do not fail for %s', (_, given) => {
    expect(failing(given)).toEqual([]);
  });

  it.each<[string, string, MirrorProbe['cause'], string[]]>([
    ['a page in place of go.mod', 'mod', 'captive-or-html-response', ['captive-or-html-response']],
    ['another go.mod', 'mod', 'checksum-mismatch-sumdb', ['checksum-mismatch-sumdb', 'checksum-mismatch-sumdb']],
    [
      'a page in place of zips only',
      'zip',
      'captive-or-html-response',
      ['captive-or-html-response', 'checksum-mismatch-sumdb'],
    ],
  ])('say once what a mirror sent that go only calls a mismatch: %s', (_, kind, cause, expected) => {
    const url = `https://mirror.example.com/rsc.io/quote/@v/v1.5.2.${kind}`;
    const facts = factsWith({
      mirrors: [mirrorOf({ status: 'fail', cause, requests: [{ method: 'GET', url, status: 200, totalMs: 1 }] })],
      trials: [
        trialOf({
          outcome: 'failed',
          complaint: {
            text: 'go: rsc.io/quote@v1.5.2: verifying go.mod: checksum mismatch',
            cause: 'checksum-mismatch-sumdb',
            culprit: 'rsc.io/quote',
          },
          requests: new Map([['https://mirror.example.com/rsc.io/quote/@v/v1.5.2.mod', '200 OK']]),
        }),
      ],
    });
    const failed = findingsOn(facts).filter(({ status }) => status === 'fail');
    expect(failed.map(finding => finding.cause)).toEqual(expected);
  });

  it.each([
    ['git.example.com', 'git.example.com:443', 1],
    ['git.example.com:443', 'git.example.com', 1],
    ['git.example.com:80', 'git.example.com', 1],
    ['git.example.com:8443', 'git.example.com', 2],
    ['git.example.com', 'git.example.org:443', 2],
  ])('say a cause once for a place, with its port or without: %s and %s', (one, other, count) => {
    const says = (target: string, index: number): Check => ({
      id: `check-${index}`,
      group: 'mirrors',
      applies: () => true,
      run: () => [problem('fail', 'mirror-forbidden-403', target)],
    });
    const targets = findingsOn(factsWith({}), [one, other].map(says)).map(({ target }) => target);
    expect(targets).toEqual(count === 1 ? ['git.example.com'] : [one, other]);
  });

  it('are one where there is no network', () => {
    const down = (url: string, counts: boolean) =>
      mirrorOf({ url, target: new URL(url).host, counts, status: 'fail', cause: 'dns-failure' });
    const facts = factsWith({
      network: { nameservers: ['192.0.2.53'], online: false },
      mirrors: [
        down('https://a.example.com', true),
        down('https://b.example.com', true),
        down('https://c.example.com', false),
      ],
      database: {
        target: 'sum.golang.org:443',
        base: 'https://sum.golang.org',
        ok: false,
        cause: 'dns-failure',
        detail: '',
      },
    });
    const findings = findingsOn(facts);
    expect(findings.filter(({ status }) => status === 'fail')).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: 'no-name-server', cause: 'dns-failure', target: 'a.example.com:443' });
  });

  it('contain the crash of a check', () => {
    const broken: Check = {
      id: 'broken',
      group: 'go',
      applies: () => true,
      run: () => {
        throw new Error('no');
      },
    };
    expect(findingsOn(factsWith(), [broken])).toMatchObject([{ status: 'crash', target: 'broken' }]);
  });
});

describe('what go.sum lacks', () => {
  const sum = (module: string, kind: 'zip' | 'mod') => ({ module, version: 'v1.0.0', kind, hash: 'h1:x' });
  const files = (sums: ReturnType<typeof sum>[]) => ({ sums, modules: [] }) as unknown as NonNullable<Given['files']>;
  const warned = (given: Given): string[] =>
    findingsOn(factsWith(given))
      .filter(({ cause }) => cause === 'gosum-missing-entry')
      .map(({ status, target }) => `${status} ${target}`);

  it('is named where it has the zip of a module and not its go.mod', () => {
    const sums = [
      sum('a.example/x', 'zip'),
      sum('a.example/x', 'mod'),
      sum('a.example/y', 'zip'),
      sum('a.example/z', 'mod'),
    ];
    expect(warned({ files: files(sums) })).toEqual(['warn a.example/y@v1.0.0/go.mod']);
  });

  it('is named by the package in go’s words', () => {
    const text = 'missing go.sum entry for module providing package a.example/x/p (imported by b); to add:\n\tgo get b';
    const complaint = { text, cause: 'gosum-missing-entry', culprit: 'go.sum' } as const;
    const project = { root: '/app', missingFolders: [], complaint: null, packages: [complaint] };
    expect(warned({ project })).toEqual(['warn a.example/x/p']);
  });
});

describe('a refusal', () => {
  const refusing = mirrorOf({ status: 'fail', cause: 'mirror-forbidden-403', detail: '401 Unauthorized' });
  const host = 'mirror.example.com';
  const first = (given: Given) => findingsOn(factsWith({ mirrors: [refusing], ...given }))[0]!;

  it.each([
    ['url', 'GOPROXY', 'refused-login-of-url'],
    ['netrc', '/home/dev/.netrc:3', 'refused-login-of-netrc'],
    ['none', '/home/dev/.netrc', 'refused-without-login'],
  ] as const)('names the login: %s', (from, place, code) => {
    expect(first({ logins: [{ host, from, place }] })).toMatchObject({ status: 'fail', code, args: { place } });
  });

  it('comes behind the entry of netrc that go does not read', () => {
    const slip = { host, file: '/home/dev/.netrc', line: 2, kind: 'no-password', name: host } as const;
    expect(first({ loginSlips: [slip] })).toMatchObject({ code: 'netrc-no-password', cause: 'mirror-forbidden-403' });
  });

  it('of go-mirror alone is no fault where go was served', () => {
    const requests = new Map([['https://mirror.example.com/rsc.io/quote/@v/v1.5.2.info', '200 OK']]);
    const found = first({ trials: [trialOf({ requests })] });
    expect(found.status).not.toBe('fail');
  });

  it('is judged by go alone where a command of GOAUTH makes the login', () => {
    expect(failing({ file: { GOAUTH: '/usr/bin/helper' }, mirrors: [refusing] })).toEqual([]);
    expect(failing({ file: { GOAUTH: 'netrc' }, mirrors: [refusing] })).not.toEqual([]);
  });
});

describe('variables of the HTTP proxy', () => {
  const mirrors = [mirrorOf({ status: 'fail', cause: 'http-proxy-misconfigured' })];
  it.each([
    [{ HTTPS_PROXY: 'http://dev:a#b@proxy.example.net:3128' }, 'HTTPS_PROXY'],
    [{ https_proxy: 'http://dev:1234/b@proxy.example.net:3128' }, 'https_proxy'],
    [{ HTTPS_PROXY: 'http://p.example.net:3128', NO_PROXY: 'https://mirror.example.com' }, 'NO_PROXY'],
    [{ HTTPS_PROXY: 'http://p.example.net:3128', no_proxy: 'a.example;mirror.example.com/x' }, 'no_proxy'],
  ])('%j: %s is at fault', (env, variable) => {
    expect(failing({ env, mirrors })[0]).toBe(`http-proxy-misconfigured ${variable}`);
  });

  it.each([
    { HTTPS_PROXY: 'http://dev:a%23b@proxy.example.net:3128' },
    { HTTPS_PROXY: 'http://p.example.net:3128', NO_PROXY: 'other.example.com' },
  ])('%j: nothing is said of them', env => {
    expect(failing({ env, mirrors })[0]).toBe('http-proxy-misconfigured mirror.example.com:443');
  });
});
