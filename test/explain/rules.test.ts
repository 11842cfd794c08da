import { describe, expect, it } from 'vitest';
import { causes } from '../../src/causes.ts';
import { rules } from '../../src/explain/rules/index.ts';
import { examples } from './examples.ts';
import { verdictOf } from './verdict.ts';

describe('the rules', () => {
  it.each(examples.map(one => [`${one.rule}, ${one.from}`, one] as const))('%s', async (_title, one) => {
    const verdict = await verdictOf(one.output);
    expect({ rule: verdict?.rule.id, cause: verdict?.cause, culprit: verdict?.culprit?.value ?? null }).toEqual({
      rule: one.rule,
      cause: one.cause,
      culprit: one.culprit,
    });
  });

  it('has an example for each rule', () => {
    const shown = new Set(examples.map(one => one.rule));
    expect(rules.map(rule => rule.id).filter(id => !shown.has(id))).toEqual([]);
  });

  it('names every rule once, with its source and release', () => {
    expect(new Set(rules.map(rule => rule.id)).size).toBe(rules.length);
    for (const rule of rules) {
      expect(rule.source).not.toBe('');
      expect(rule.since).toMatch(/^1\.\d+$|^-$/);
    }
  });

  it('has a rule for each cause', () => {
    const covered = new Set(rules.map(rule => rule.cause));
    expect(causes.filter(cause => !covered.has(cause))).toEqual([]);
  });
});
