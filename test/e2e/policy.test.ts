import { describe, expect, it } from 'vitest';
import { runPolicy } from '../relay/policy.ts';

/** A sample of `npm run bench policy`, and cases that departed from go once. */
const seeds = [9, 13, 20, 24, 28, 37, 43, ...Array.from({ length: 8 }, (_, index) => 500 + index)];

describe('generated lists, answers, patterns and log-ins', () => {
  it.each(seeds)('seed %i: pull and run tell and accept only what go does', { timeout: 120_000 }, async seed => {
    const { violations, description } = await runPolicy(seed);
    expect(violations, description).toEqual([]);
  });
});
