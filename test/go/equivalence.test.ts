import { expect, it } from 'vitest';
import { compare } from './equivalence.ts';

it.each([
  ['goproxy', 1500],
  ['gosumdb', 700],
  ['govcs', 500],
  ['pattern', 1500],
  ['path', 1500],
  ['version', 300],
] as const)('go agrees on %s, %i generated values', { timeout: 300_000 }, async (kind, count) => {
  const { asked, accepted, disagreements } = await compare(kind, count, 20261122);
  expect(disagreements).toEqual([]);
  expect(asked).toBe(count);
  expect(accepted).toBeGreaterThan(count / 50);
  expect(accepted).toBeLessThan(count);
});
