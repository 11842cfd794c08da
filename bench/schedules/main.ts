import { cleanUp } from '../../test/lab/cleanup.ts';
import { madeProject } from '../../test/relay/made-project.ts';
import { runSchedule } from '../../test/relay/schedule.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';
import { quantile } from '../statistics.ts';

const usage = `npm run bench schedules -- [--count 300] [--seed 1] [--short]
Pulls through three mirrors with random faults, one of them healthy for each file at any time. --short: ten of them.`;

async function main(): Promise<void> {
  const options = readOptions(usage, { count: '300', seed: '1' });
  const count = options.short ? 10 : Number(options.count);
  const first = Number(options.seed);
  const project = await madeProject();
  const seconds: number[] = [];
  let right = 0;
  let failovers = 0;
  try {
    for (let seed = first; seed < first + count; seed += 1) {
      const result = await runSchedule(project, seed);
      seconds.push(result.durationMs / 1000);
      failovers += result.failovers;
      if (result.faults.length === 0) right += 1;
      else console.log(`seed ${seed}: ${result.faults.slice(0, 3).join('; ')}\n${result.output}`);
      if (seconds.length % 25 === 0) console.log(`${right} of ${seconds.length} right`);
    }
  } finally {
    await cleanUp();
  }
  await conclude('schedules', {
    arguments: { count, seed: first },
    figures: { right: right / count, failovers, median: quantile(seconds, 0.5), longest: Math.max(...seconds) },
    full: count >= 300,
  });
}

await main();
