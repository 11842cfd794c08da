import { describe, expect, it } from 'vitest';
import type { Mirror } from '../../src/mirrors/mirror.ts';
import type { Trust } from '../../src/mirrors/trust.ts';
import { planOfSettings, type RelayPlan } from '../../src/relay/plan.ts';
import { tiersOf } from '../../src/relay/walk.ts';

const names = (plan: RelayPlan | null) => plan?.upstreams.map(({ name, fallsBackOn }) => [name, fallsBackOn]);

const mirror = (name: string, url: string, rest: Partial<Mirror> = {}): Mirror => ({
  ...{
    name,
    url,
    aliases: [],
    urls: [],
    hosts: [],
    template: null,
    goproxy: `${url},direct`,
    operator: 'x',
    reason: 'x',
  },
  ...{ kind: 'public', status: 'active', source: null, date: null, sumdb: null, useInstead: null, ...rest },
});

describe('planOfSettings', () => {
  it('takes the proxies, and leaves what stands behind them to go', () => {
    const plan = planOfSettings('https://a.test/go/,http://b.test|c.test,direct', []);
    expect(names(plan)).toEqual([
      ['a.test/go', 'not-found'],
      ['b.test', 'any-error'],
      ['c.test', 'not-found'],
    ]);
    expect(plan?.end).toBe('direct');
    expect(planOfSettings('https://a.test|direct,https://b.test', [])).toMatchObject({
      end: 'direct',
      upstreams: [{}],
    });
    expect(planOfSettings('https://a.test,off', [])?.end).toBe('off');
    expect(planOfSettings('https://a.test', [])?.end).toBeNull();
  });

  it('keeps what go takes and can’t ask: it is asked in its turn, and fails', () => {
    const plan = planOfSettings('https://host:99999,https://999.999.999.999|file:///srv/go,https://b.test', []);
    expect(names(plan)).toEqual([
      ['host:99999', 'not-found'],
      ['999.999.999.999', 'any-error'],
      ['/srv/go', 'not-found'],
      ['b.test', null],
    ]);
  });

  it.each(['off', 'direct', 'direct,https://a.test', '', ',', 'ftp://a.test', 'https://a.test,ftp://b.test'])(
    'has nothing to relay in %j',
    value => {
      expect(planOfSettings(value, [])).toBeNull();
    },
  );

  it('trusts only what the catalogue lists as public and active to stand in for another', () => {
    const mirrors = [
      mirror('good', 'https://good.test'),
      mirror('old', 'https://old.test', { status: 'retired' }),
      mirror('slow', 'https://slow.test', { status: 'degraded' }),
      mirror('own', 'https://own.test', { kind: 'custom' }),
      mirror('corp', 'https://corp.test', { kind: 'private' }),
    ];
    const trusted = (url: string) => planOfSettings(url, mirrors)!.upstreams[0]!.trust;
    expect(trusted('https://good.test/')).toBe('public');
    for (const url of ['old.test', 'slow.test', 'own.test', 'corp.test', 'other.test', 'user:pw@good.test']) {
      expect(trusted(`https://${url}`), url).toBe('gatekeeper');
    }
    expect(trusted('file:///srv/go')).toBe('gatekeeper');
  });
});

describe('tiersOf', () => {
  it('lets neighbours that are public stand in for one another, nobody else and never across another', () => {
    const list = ['a public', 'b public', 'corp gatekeeper', 'files gatekeeper', 'c public', 'd public'].map(text => {
      const [name, trust] = text.split(' ') as [string, Trust];
      return { name, trust };
    });
    expect(tiersOf(list).map(tier => tier.map(({ name }) => name))).toEqual([
      ['a', 'b'],
      ['corp'],
      ['files'],
      ['c', 'd'],
    ]);
  });
});
