import { describe, expect, it } from 'vitest';
import { runLoginCase } from '../relay/login-cases.ts';

/** A sample of `npm run bench logins`, and cases that departed from go once. */
const seeds = [9, 10, 130, 137, 146, 158, 240, 299, ...Array.from({ length: 32 }, (_, index) => 1000 + index)];

describe('generated log-ins, redirects and proxies', () => {
  it.each(seeds)('seed %i: who gets which log-in by which proxy is what go does', { timeout: 120_000 }, async seed => {
    const { differences, description } = await runLoginCase(seed);
    expect(differences, description).toEqual([]);
  });
});
