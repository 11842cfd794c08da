import { describe, expect, test } from 'vitest';
import { differences, type RuleKind, ruleKinds } from './login-rules.ts';

/** How many cases, over all kinds; go's own functions are the judge. `npm run bench logins` takes more. */
const count = Number(process.env.GO_MIRROR_LOGIN_CASES ?? 1960);

describe('logins and proxies are read as go reads them', () => {
  const kinds = Object.entries(ruleKinds) as [RuleKind, number][];
  test.each(kinds)('%s', { timeout: 120_000 }, async (kind, share) => {
    const found = await differences(kind, { seed: 1, count: Math.round((count * share) / 100) });
    expect(found.length, found.slice(0, 8).join('\n')).toBe(0);
  });
});
