import { cleanUp } from '../../test/lab/cleanup.ts';
import { sandbox } from '../../test/lab/sandbox.ts';
import { killAtRandom, writeAtOnce } from '../../test/lab/upheaval.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';

const usage = `npm run bench upheaval -- [--runs 1000] [--processes 32] [--rounds 20] [--short]
Changes that are killed at a random moment, and many at once: none may lose or tear the settings file. --short: a few of each.`;

async function main(): Promise<void> {
  const options = readOptions(usage, { runs: '1000', processes: '32', rounds: '20' });
  const runs = options.short ? 20 : Number(options.runs);
  const processes = options.short ? 4 : Number(options.processes);
  const rounds = options.short ? 2 : Number(options.rounds);
  try {
    const killed = await killAtRandom(await sandbox(), runs);
    console.log(JSON.stringify(killed, null, 2));
    const crowd = await writeAtOnce(await sandbox(), processes, rounds);
    console.log(JSON.stringify(crowd, null, 2));
    await conclude('upheaval', {
      arguments: { runs, processes, rounds },
      figures: { runs: runs + processes * rounds, faults: killed.faults.length + crowd.faults.length },
      full: runs >= 1000 && processes >= 32 && rounds >= 20,
    });
  } finally {
    await cleanUp();
  }
}

await main();
