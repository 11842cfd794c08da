import { expect, it } from 'vitest';
import { compareRoutes } from './route-comparison.ts';

it('go asks exactly the hosts that route predicts, in order', { timeout: 300_000 }, async () => {
  const { predicted, refused, wrong } = await compareRoutes(20, 20261122);
  expect(wrong).toEqual([]);
  expect(predicted).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(0);
});
