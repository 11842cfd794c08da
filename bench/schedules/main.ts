import { cleanUp } from '../../test/lab/cleanup.ts';
import { madeProject } from '../../test/relay/made-project.ts';
import { runSchedule } from '../../test/relay/schedule.ts';

/**
 * Pulls through three mirrors with random faults, one of them healthy for each file at any time:
 * `npm run bench schedules -- [COUNT] [FIRST SEED]`. Exits with 1 where a pull did not end as an undisturbed one.
 */
async function main(args: readonly string[]): Promise<void> {
  const count = Number(args[0] ?? 300);
  const first = Number(args[1] ?? 1);
  const project = await madeProject();
  const times: number[] = [];
  let right = 0;
  let failovers = 0;
  try {
    for (let seed = first; seed < first + count; seed += 1) {
      const result = await runSchedule(project, seed);
      times.push(result.durationMs);
      failovers += result.failovers;
      if (result.faults.length === 0) right += 1;
      else console.log(`seed ${seed}: ${result.faults.slice(0, 3).join('; ')}\n${result.output}`);
      if (times.length % 25 === 0) console.log(`${right} of ${times.length} right`);
    }
  } finally {
    await cleanUp();
  }
  times.sort((one, other) => one - other);
  const at = (share: number): string => `${(times[Math.floor(share * (times.length - 1))]! / 1000).toFixed(1)} s`;
  console.log(
    `${right} of ${count} right, ${failovers} failovers; time: median ${at(0.5)}, 90 % ${at(0.9)}, longest ${at(1)}`,
  );
  process.exitCode = right === count ? 0 : 1;
}

await main(process.argv.slice(2));
