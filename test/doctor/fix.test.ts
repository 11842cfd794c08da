import { describe, expect, it } from 'vitest';
import { type Finding, problem } from '../../src/doctor/finding.ts';
import { findingsOn } from '../../src/doctor/findings.ts';
import { staysAfter } from '../../src/doctor/fix/outcome.ts';
import { type FixPlan, planFixes } from '../../src/doctor/fix/plan.ts';
import { reportOn } from '../../src/doctor/report.ts';
import type { MirrorProbe } from '../../src/probe/result.ts';
import { factsWith, type Given, mirrorOf, needOf } from './facts.ts';

const planOf = (given: Given): FixPlan => {
  const facts = factsWith(given);
  return planFixes(findingsOn(facts), facts);
};
const all = (given: Given): object[] => planOf(given).candidates.map(wanted => Object.fromEntries(wanted));
const first = (given: Given): object => all(given)[0] ?? {};

const best = mirrorOf({
  name: 'best',
  url: 'https://best.example.net',
  counts: false,
  score: 100,
  content: { verified: true },
  checksumDatabase: { supported: true, verified: true, cause: null, treeSize: 1 },
});
const failing = (url: string, cause: MirrorProbe['cause'] = 'connection-refused', given: Partial<MirrorProbe> = {}) =>
  mirrorOf({ url, name: new URL(url).host, target: new URL(url).host, status: 'fail', cause, ...given });
/** Has nothing of what is needed, so go goes on to the next one. */
const empty = (url: string) =>
  mirrorOf({ url, name: new URL(url).host, status: 'degraded', cause: 'mirror-not-found-404-410' });
const serving = (url: string) => mirrorOf({ url, name: new URL(url).host });
/** A mirror of an organisation: nobody but itself knows it. */
const own = 'https://athens.corp.example.com';
const privateNeed = needOf('git.corp.example.com/lib', { looksPrivate: true });

describe('the plan of a fix', () => {
  it.each<[string, Given, object]>([
    ['nothing where all is well', {}, {}],
    ['GO111MODULE=off is taken out', { file: { GO111MODULE: 'off' } }, { GO111MODULE: null }],
    [
      'a broken list is repaired',
      { file: { GOPROXY: 'https://a.example.com,Direct' } },
      { GOPROXY: 'https://a.example.com,direct' },
    ],
    ['a database that is none is repaired', { file: { GOSUMDB: 'on' } }, { GOSUMDB: 'sum.golang.org' }],
    [
      'GOPROXY=off gets the best mirror',
      { file: { GOPROXY: 'off' }, mirrors: [best] },
      { GOPROXY: 'https://best.example.net,direct' },
    ],
    ['an empty list too', { file: { GOPROXY: '' }, mirrors: [best] }, { GOPROXY: 'https://best.example.net,direct' }],
    [
      'a dead mirror is replaced',
      {
        file: { GOPROXY: 'https://mirror.example.com,direct' },
        mirrors: [failing('https://mirror.example.com'), best],
      },
      { GOPROXY: 'https://best.example.net,direct' },
    ],
    [
      'what stands behind it stays',
      { file: { GOPROXY: 'https://mirror.example.com|off' }, mirrors: [failing('https://mirror.example.com'), best] },
      { GOPROXY: 'https://best.example.net|off' },
    ],
    [
      'a list without direct gets none',
      { file: { GOPROXY: 'https://mirror.example.com' }, mirrors: [failing('https://mirror.example.com'), best] },
      { GOPROXY: 'https://best.example.net' },
    ],
    [
      'a dead mirror before a healthy one is left out',
      {
        file: { GOPROXY: 'https://mirror.example.com,https://b.example.com' },
        mirrors: [failing('https://mirror.example.com'), serving('https://b.example.com'), best],
      },
      { GOPROXY: 'https://b.example.com' },
    ],
    [
      'a mirror that is gone gives way to the one that the catalogue names',
      { file: { GOPROXY: `${own},https://gone.example.com,direct` }, mirrors: [serving(own), best] },
      { GOPROXY: `${own},https://best.example.net,direct` },
    ],
    [
      'a private name gets its pattern beside those there are',
      { file: { GOPRIVATE: 'example.org' }, needs: [privateNeed] },
      { GOPRIVATE: 'example.org,git.corp.example.com' },
    ],
    [
      'behind a gatekeeper it is only kept from the database',
      { file: { GOPROXY: own, GOPRIVATE: 'example.org' }, mirrors: [serving(own)], needs: [privateNeed] },
      { GONOSUMDB: 'example.org,git.corp.example.com' },
    ],
    ['what the environment says is not written', { os: { GOPROXY: 'off' }, mirrors: [best] }, {}],
    [
      'the database of a company stays as it is',
      {
        file: { GOSUMDB: 'sum.golang.org https://sumdb.corp.example.com' },
        database: {
          target: 'sumdb.corp.example.com:443',
          base: 'https://sumdb.corp.example.com',
          ok: false,
          cause: 'dns-failure',
          detail: '',
        },
        mirrors: [best],
      },
      {},
    ],
  ])('%s', (_, given, expected) => {
    expect(first(given)).toEqual(expected);
  });

  it('tries other ways to the database together with another mirror', () => {
    const given = {
      file: { GOPROXY: 'https://mirror.example.com,direct' },
      mirrors: [failing('https://mirror.example.com'), best],
    };
    expect(all(given)).toContainEqual({
      GOPROXY: 'https://best.example.net,direct',
      GOSUMDB: 'sum.golang.google.cn',
    });
  });

  it('never weakens verification', () => {
    const given: Given = {
      file: { GOSUMDB: 'sum.golang.org https://mirror.example.com' },
      database: {
        target: 'mirror.example.com:443',
        base: 'https://mirror.example.com',
        ok: false,
        cause: 'sumdb-unreachable',
        detail: '404',
      },
      mirrors: [best],
    };
    const { candidates } = planOf(given);
    expect(candidates.length).toBeGreaterThan(0);
    for (const wanted of candidates) {
      expect([...wanted.keys()]).not.toContain('GONOSUMDB');
      expect([...wanted.keys()]).not.toContain('GOINSECURE');
      expect([...wanted.values()]).not.toContain('off');
    }
  });
});

/** Everything that could be read as an advice: commands, changes, and the words beside them. */
const saidOf = (given: Given): string => {
  const facts = factsWith(given);
  const findings = findingsOn(facts);
  const { findings: reported } = reportOn(facts, findings, planFixes(findings, facts), 0);
  return JSON.stringify(reported.map(({ remediation }) => remediation));
};

describe('a gatekeeper', () => {
  const causes = [
    'dns-failure',
    'connection-refused',
    'stalled',
    'tls-other',
    'mirror-forbidden-403',
    'mirror-server-error-5xx',
    'mirror-not-found-404-410',
    'captive-or-html-response',
    'truncated-download',
    'checksum-mismatch-sumdb',
    'checksum-mismatch-gosum',
    'sumdb-bad-response',
  ] as const;
  const lists = [
    own,
    `${own},direct`,
    `${own}|direct`,
    `${own},https://a.example.com,direct`,
    `https://a.example.com,${own}`,
  ];

  it.each(lists.flatMap(list => causes.map(cause => [list, cause] as const)))(
    '%s is never led around: %s',
    (list, cause) => {
      const given: Given = {
        file: { GOPROXY: list },
        mirrors: [failing(own, cause), serving('https://a.example.com'), best],
      };
      expect(all(given)).toEqual([]);
      expect(saidOf(given)).not.toMatch(/best|direct|GOPROXY|GOPRIVATE|GONOSUMDB|GOSUMDB/);
    },
  );

  it('keeps its place and what stands behind it when a public mirror beside it is replaced', () => {
    const given: Given = {
      file: { GOPROXY: `${own}|https://a.example.com,direct` },
      mirrors: [empty(own), failing('https://a.example.com'), best],
    };
    const proxies = all(given).flatMap(wanted => ('GOPROXY' in wanted ? [wanted.GOPROXY] : []));
    expect(new Set(proxies)).toEqual(new Set([`${own}|https://best.example.net,direct`]));
  });

  it.each([
    ['a degraded mirror of the catalogue', 'https://slow.example.com'],
    ['a public mirror with a login', 'https://dev:pw@a.example.com'],
    ['a public mirror over plain http', 'http://a.example.com'],
    ['a folder', 'file:///srv/goproxy'],
  ])('is also %s', (_, url) => {
    expect(all({ file: { GOPROXY: `${url},direct` }, mirrors: [failing(url), best] })).toEqual([]);
  });

  it.each(['/srv/goproxy', 'ftp://mirror.corp.example.com', 'localhost', 'https://athens.corp.example.com:80x'])(
    'is also meant by %s, which go refuses',
    GOPROXY => {
      expect(all({ file: { GOPROXY }, mirrors: [best] })).toEqual([]);
      expect(saidOf({ file: { GOPROXY }, mirrors: [best] })).not.toContain('best');
    },
  );

  it('of the environment is not taken out for what stands in the file', () => {
    const given: Given = {
      file: { GOPROXY: 'https://a.example.com,direct' },
      os: { GOPROXY: own },
      mirrors: [failing(own)],
    };
    expect(saidOf(given)).not.toContain('unset');
  });
});

describe('a wrong checksum of a public mirror', () => {
  const given: Given = {
    file: { GOPROXY: 'https://mirror.example.com,direct', GOSUMDB: 'on' },
    os: { GOPRIVATE: '*.corp.example.com' },
    mirrors: [failing('https://mirror.example.com', 'checksum-mismatch-sumdb'), best],
    needs: [needOf('rsc.io/quote'), needOf('git.home.lan/x', { looksPrivate: true })],
  };

  it('leads to no other mirror, to no origin and to no weaker check; what verifies more may be put right', () => {
    expect(all(given)).toEqual([{ GOSUMDB: 'sum.golang.org' }]);
    expect(saidOf(given)).not.toMatch(/best|GOPROXY|private|unset/);
  });
});

describe('a block of a public mirror', () => {
  it.each(['malware', 'policy'] as const)('for %s leads to no other one', reason => {
    const mirrors = [failing('https://mirror.example.com', 'mirror-forbidden-403', { reason }), best];
    const given: Given = { file: { GOPROXY: 'https://mirror.example.com,direct' }, mirrors };
    expect(all(given)).toEqual([]);
    expect(saidOf(given)).not.toMatch(/best|GOPROXY|direct/);
  });

  it.each(['region', 'rate', null] as const)('for %s is its own matter', reason => {
    const mirrors = [failing('https://mirror.example.com', 'mirror-forbidden-403', { reason }), best];
    const given: Given = { file: { GOPROXY: 'https://mirror.example.com,direct' }, mirrors };
    expect(first(given)).toEqual({ GOPROXY: 'https://best.example.net,direct' });
  });
});

describe('names that are private', () => {
  it('are told to no other mirror, also where go tells them to one now', () => {
    const given: Given = {
      file: { GOPROXY: 'https://mirror.example.com', GOSUMDB: 'off' },
      mirrors: [failing('https://mirror.example.com'), best],
      needs: [needOf('rsc.io/quote'), privateNeed],
    };
    expect(all(given)).toEqual([]);
  });

  it('are in no way of one where a pattern keeps them', () => {
    const given: Given = {
      file: { GOPROXY: 'https://mirror.example.com', GOPRIVATE: 'git.corp.example.com' },
      mirrors: [failing('https://mirror.example.com'), best],
      needs: [needOf('rsc.io/quote'), { ...privateNeed, direct: 'git.corp.example.com' }],
    };
    expect(first(given)).toEqual({ GOPROXY: 'https://best.example.net' });
  });
});

describe('the remedy of a finding', () => {
  const remedies = (given: Given) => {
    const facts = factsWith(given);
    const findings = findingsOn(facts);
    return planFixes(findings, facts).remedies.get(findings[0]!);
  };

  it('is the command that sets the best mirror', () => {
    expect(remedies({ file: { GOPROXY: 'off' }, mirrors: [best] })).toEqual({
      commands: ['go-mirror use best'],
      changes: [{ key: 'GOPROXY', from: 'off', to: 'https://best.example.net,direct' }],
    });
  });

  it('clears what the environment hides, and writes nothing that would have no effect', () => {
    expect(remedies({ os: { GOPROXY: 'off' }, mirrors: [best] })).toEqual({
      commands: ['unset GOPROXY', 'go-mirror use best'],
      changes: [],
    });
  });

  it('holds no password: the fix keeps it where it stands', () => {
    const login = 'https://dev:s3cret%27@athens.corp.example.com';
    const given: Given = {
      file: { GOPROXY: `${login},https://a.example.com` },
      mirrors: [empty(login), failing('https://a.example.com'), best],
    };
    expect(remedies(given)?.commands).toEqual(['go-mirror doctor --fix']);
  });
});

describe('after a fix', () => {
  const failed = (cause: Finding['cause'], target: string) => problem('fail', cause, target);
  const dead = failed('connection-refused', 'a.example.com:443');
  const [other, malformed] = [failed('vcs-missing', 'git'), failed('goproxy-malformed', 'GOPROXY')];
  const wanted = new Map([['GOPROXY', 'x']]);

  it.each<[string, { tried: boolean; before: Finding[]; after: Finding[]; stays: boolean }]>([
    ['one that cures stays', { tried: true, before: [dead], after: [], stays: true }],
    ['what it was not for may still fail', { tried: true, before: [dead, other], after: [other], stays: true }],
    ['one that does not cure goes', { tried: true, before: [dead], after: [dead], stays: false }],
    ['one that brings something new goes', { tried: true, before: [dead], after: [other], stays: false }],
    [
      'a repair stays where nothing is worse',
      { tried: false, before: [malformed, other], after: [other], stays: true },
    ],
    ['a repair may show what it hid', { tried: false, before: [malformed], after: [dead], stays: true }],
    ['a repair that only breaks goes', { tried: false, before: [], after: [dead], stays: false }],
  ])('%s', (_, { tried, before, after, stays }) => {
    const plan = { repaired: before.filter(finding => finding === malformed), cured: tried ? [dead] : [] };
    expect(staysAfter({ wanted, tried }, plan, before, after)).toBe(stays);
  });
});
