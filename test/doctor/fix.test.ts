import { describe, expect, it } from 'vitest';
import type { FixPlan } from '../../src/doctor/fix/plan.ts';
import { planFixes } from '../../src/doctor/fix/plan.ts';
import { judgeAll } from '../../src/doctor/order.ts';
import { withRemedies } from '../../src/doctor/remedies.ts';
import { factsWith, type Given, mirrorOf, needOf } from './facts.ts';

const planOf = (given: Given): FixPlan => {
  const facts = factsWith(given);
  return planFixes(judgeAll(facts), facts);
};
const first = (given: Given): object => Object.fromEntries(planOf(given).candidates[0] ?? []);

const best = mirrorOf({
  name: 'best',
  url: 'https://best.example.net',
  counts: false,
  score: 100,
  content: { verified: true },
});
const dead = (url: string) => mirrorOf({ url, target: new URL(url).host, status: 'fail', cause: 'connection-refused' });

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
      { file: { GOPROXY: 'https://mirror.example.com,direct' }, mirrors: [dead('https://mirror.example.com'), best] },
      { GOPROXY: 'https://best.example.net,direct' },
    ],
    [
      'a dead mirror before a healthy one is left out',
      {
        file: { GOPROXY: 'https://mirror.example.com,https://b.example.com' },
        mirrors: [dead('https://mirror.example.com'), mirrorOf({ url: 'https://b.example.com' }), best],
      },
      { GOPROXY: 'https://b.example.com' },
    ],
    [
      'a gatekeeper stays first',
      {
        file: { GOPROXY: 'https://athens.corp.example.com,https://b.example.com,direct' },
        own: new Set(['https://athens.corp.example.com']),
        mirrors: [
          mirrorOf({ url: 'https://athens.corp.example.com', status: 'degraded', cause: 'mirror-not-found-404-410' }),
          dead('https://b.example.com'),
          best,
        ],
      },
      { GOPROXY: 'https://athens.corp.example.com,direct' },
    ],
    [
      'a private name gets its pattern beside those there are',
      {
        file: { GOPRIVATE: 'example.org' },
        needs: [needOf('git.corp.example.com/lib', { looksPrivate: true })],
      },
      { GOPRIVATE: 'example.org,git.corp.example.com' },
    ],
    ['what the environment says is not written', { os: { GOPROXY: 'off' }, mirrors: [best] }, {}],
  ])('%s', (_, given, expected) => {
    expect(first(given)).toEqual(expected);
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

describe('the remedy of a finding', () => {
  const remedies = (given: Given) => {
    const facts = factsWith(given);
    return withRemedies(judgeAll(facts), facts)[0]!.remediation;
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
});
