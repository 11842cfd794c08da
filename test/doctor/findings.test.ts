import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/doctor/check.ts';
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
