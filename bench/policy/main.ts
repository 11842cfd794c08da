import { cleanUp } from '../../test/lab/cleanup.ts';
import { runPolicy } from '../../test/relay/policy.ts';
import { seeded } from '../../test/relay/random.ts';
import { madeList, walkThrough } from '../../test/relay/walks.ts';
import { inParallel } from '../in-parallel.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';

const usage = `npm run bench policy -- [--count 1000] [--in-process 10000] [--seed 1] [--parallel 2] [--short]
Generated lists of mirrors, answers, patterns and log-ins: whom pull and run tell what, beside the real go.\nBefore it lists that are gone through in this process, against go's rules. --short: twenty, and two hundred.`;

async function main(): Promise<void> {
  const options = readOptions(usage, { count: '1000', 'in-process': '10000', seed: '1', parallel: '2' });
  const count = options.short ? 20 : Number(options.count);
  const inProcess = options.short ? 200 : Number(options['in-process']);
  const first = Number(options.seed);
  const walks = await walked(inProcess, first);
  let clean = 0;
  let departures = 0;
  try {
    await inParallel(Number(options.parallel), count, async index => {
      const { seed, violations, description } = await runPolicy(first + index);
      departures += violations.length;
      if (violations.length === 0) clean += 1;
      else console.log(`--- seed ${seed}: ${violations.join('; ')}\n${description}`);
    });
  } finally {
    await cleanUp();
  }
  await conclude('policy', {
    arguments: { count, inProcess, seed: first },
    figures: { ...walks, cases: count, clean: clean / count, departures },
    full: count >= 1000 && inProcess >= 10_000,
  });
}

/** Lists of mirrors that are gone through without a network, a thousand at a time. */
async function walked(count: number, first: number): Promise<{ walks: number; cleanWalks: number }> {
  let clean = 0;
  for (let from = 0; from < count; from += 1000) {
    const seeds = Array.from({ length: Math.min(1000, count - from) }, (_, index) => first + from + index);
    const all = await Promise.all(
      seeds.map(async seed => ({ seed, faults: await walkThrough(madeList(seeded(seed))) })),
    );
    clean += all.filter(({ faults }) => faults.length === 0).length;
    for (const { seed, faults } of all) if (faults.length > 0) console.log(`walk ${seed}: ${faults.join('; ')}`);
  }
  console.log(`${clean} of ${count} walks as go's`);
  return { walks: count, cleanWalks: clean / count };
}

await main();
