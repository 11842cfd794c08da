import { cleanUp } from '../../test/lab/cleanup.ts';
import { runLoginCase } from '../../test/relay/login-cases.ts';
import { differences, type RuleKind, ruleKinds } from '../../test/system/network/login-rules.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';

const usage = `npm run bench logins -- [--rules 20000] [--count 400] [--seed 1] [--parallel 2] [--short]
Generated log-ins and proxies: the rules beside go's own functions, then pull and probe beside the real go. --short: 1000, and twenty.`;

async function main(): Promise<void> {
  const options = readOptions(usage, { rules: '20000', count: '400', seed: '1', parallel: '2' });
  const count = options.short ? 20 : Number(options.count);
  const rules = options.short ? 1000 : Number(options.rules);
  const first = Number(options.seed);
  let departures = 0;
  for (const [kind, share] of Object.entries(ruleKinds) as [RuleKind, number][]) {
    const found = await differences(kind, { seed: first, count: Math.round((rules * share) / 100) });
    departures += found.length;
    console.log(`${kind}: ${found.length} differences`);
    for (const one of found.slice(0, 10)) console.log(`  ${one}`);
  }
  let next = first;
  let clean = 0;
  const work = async (): Promise<void> => {
    while (next < first + count) {
      const result = await runLoginCase(next++);
      departures += result.differences.length;
      if (result.differences.length === 0) clean += 1;
      else console.log(`--- seed ${result.seed}: ${result.differences.join('; ')}\n${result.description}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: Number(options.parallel) }, work));
  } finally {
    await cleanUp();
  }
  await conclude('logins', {
    arguments: { rules, count, seed: first },
    figures: { rules, cases: count, clean: clean / count, departures },
    full: count >= 400 && rules >= 20_000,
  });
}

await main();
