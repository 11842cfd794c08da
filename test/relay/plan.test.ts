import { describe, expect, it } from 'vitest';
import { planOfSettings, type RelayPlan } from '../../src/relay/plan.ts';
import type { Upstream, UpstreamSpec } from '../../src/relay/upstream.ts';
import { tiersOf } from '../../src/relay/walk.ts';

const names = (plan: RelayPlan | null) => plan?.upstreams.map(({ name, fallsBackOn }) => [name, fallsBackOn]);

describe('planOfSettings', () => {
  it('takes the proxies, and leaves what stands behind them to go', () => {
    const plan = planOfSettings('https://a.test/go/,http://b.test|c.test,direct', []);
    expect(names(plan)).toEqual([
      ['a.test/go', 'not-found'],
      ['b.test', 'any-error'],
      ['c.test', 'not-found'],
    ]);
    expect(plan?.rest).toBe(',direct');
    expect(planOfSettings('https://a.test|direct', [])?.rest).toBe('|direct');
    expect(planOfSettings('https://a.test,off', [])?.rest).toBe(',off');
    expect(planOfSettings('https://a.test', [])?.rest).toBe('');
  });

  it.each(['off', 'direct', 'direct,https://a.test', '', ',', 'ftp://a.test', 'https://a.test,ftp://b.test'])(
    'has nothing to relay in %j',
    value => {
      expect(planOfSettings(value, [])).toBeNull();
    },
  );
});

describe('tiersOf', () => {
  const upstream = (name: string, options: Partial<UpstreamSpec> = {}): Upstream =>
    ({
      name,
      url: new URL(`https://${name}.test`),
      gatekeeper: false,
      fallsBackOn: 'not-found',
      ...options,
    }) as Upstream;

  it('lets neighbours stand in for one another, but never across a gatekeeper or a folder', () => {
    const list = [
      upstream('a'),
      upstream('b'),
      upstream('corp', { gatekeeper: true }),
      upstream('files', { url: new URL('file:///srv') }),
      upstream('c'),
      upstream('d'),
    ];
    expect(tiersOf(list).map(tier => tier.map(({ name }) => name))).toEqual([
      ['a', 'b'],
      ['corp'],
      ['files'],
      ['c', 'd'],
    ]);
  });
});
