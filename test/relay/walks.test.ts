import { expect, it } from 'vitest';
import { seeded } from './random.ts';
import { madeList, walkThrough } from './walks.ts';

it('nobody is asked, and nothing taken, out of its turn: 1,000 lists of mirrors, whatever they answer', async () => {
  const found = await Promise.all(
    Array.from({ length: 1000 }, async (_, seed) => {
      const list = madeList(seeded(seed));
      const faults = await walkThrough(list);
      return faults.length > 0 ? [`seed ${seed}: ${faults.join('; ')} ${JSON.stringify(list)}`] : [];
    }),
  );
  expect(found.flat()).toEqual([]);
});
