import { cleanUp } from '../../test/lab/cleanup.ts';
import { runPolicy } from '../../test/relay/policy.ts';
import { inParallel } from '../in-parallel.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';

const usage = `npm run bench policy -- [--count 1000] [--seed 1] [--parallel 2] [--short]
Generated lists of mirrors, answers, patterns and log-ins: whom pull and run tell what, beside the real go. --short: twenty of them.`;

async function main(): Promise<void> {
  const options = readOptions(usage, { count: '1000', seed: '1', parallel: '2' });
  const count = options.short ? 20 : Number(options.count);
  const first = Number(options.seed);
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
    arguments: { count, seed: first },
    figures: { cases: count, clean: clean / count, departures },
    full: count >= 1000,
  });
}

await main();
