import { cleanUp } from '../../test/lab/cleanup.ts';
import { madeProject } from '../../test/relay/made-project.ts';
import { type Puller, runSchedule, type ScheduleResult } from '../../test/relay/schedule.ts';
import { inParallel } from '../in-parallel.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';
import { quantile } from '../statistics.ts';

const usage = `npm run bench schedules -- [--count 300] [--seed 1] [--parallel 2] [--short]
Pulls through three mirrors, HTTP/2 and HTTP/1.1, with random faults of files and of connections, one of them healthy for each file at any time.
Beside it plain go and a script of three attempts, at each fifteenth. --short: ten of them.`;

/** A pull that takes longer has failed. */
const deadlineMs = 30_000;
const othersAtEach = 15;

async function main(): Promise<void> {
  const options = readOptions(usage, { count: '300', seed: '1', parallel: '2' });
  const count = options.short ? 10 : Number(options.count);
  const first = Number(options.seed);
  const project = await madeProject();
  const results: Record<Puller, ScheduleResult[]> = { pull: [], go: [], script: [] };
  try {
    await inParallel(Number(options.parallel), count, async index => {
      const seed = first + index;
      const pullers: Puller[] = index % othersAtEach === 0 ? ['pull', 'go', 'script'] : ['pull'];
      for (const puller of pullers) {
        const result = await runSchedule(project, seed, { puller, deadlineMs });
        results[puller].push(result);
        if (puller === 'pull' && result.faults.length > 0)
          console.log(`seed ${seed}: ${result.faults.slice(0, 3).join('; ')}\n${result.output}`);
      }
      if (results.pull.length % 25 === 0) console.log(`${rightOf(results.pull)} of ${results.pull.length} right`);
    });
  } finally {
    await cleanUp();
  }
  const seconds = results.pull.map(({ durationMs }) => durationMs / 1000);
  await conclude('schedules', {
    arguments: { count, seed: first, deadlineMs },
    figures: {
      right: rightOf(results.pull) / count,
      go: rightOf(results.go) / results.go.length,
      script: rightOf(results.script) / results.script.length,
      failovers: results.pull.reduce((sum, { failovers }) => sum + failovers, 0),
      median: quantile(seconds, 0.5),
      longest: Math.max(...seconds),
    },
    full: count >= 300,
  });
}

const rightOf = (results: readonly ScheduleResult[]): number =>
  results.filter(({ faults }) => faults.length === 0).length;

await main();
