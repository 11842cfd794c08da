import { cleanUp } from '../../test/lab/cleanup.ts';
import { sandbox } from '../../test/lab/sandbox.ts';
import { readOptions } from '../options.ts';
import { quantile } from '../statistics.ts';

const usage = `bench:startup [--rounds 25] [--short]
How long commands take that ask no network, as multiples of \`node -e 0\`; each in turn, medians. --short: five rounds.`;

const commands: readonly (readonly string[])[] = [
  ['--version'],
  ['--help'],
  ['ls'],
  ['current'],
  ['current', '--json'],
  ['route', 'rsc.io/quote'],
];

async function main(): Promise<void> {
  const options = readOptions(usage, { rounds: '25' });
  const rounds = options.short ? 5 : Number(options.rounds);
  try {
    const box = await sandbox();
    const empty: number[] = [];
    const times = commands.map((): number[] => []);
    for (let round = -1; round < rounds; round++) {
      const base = await box.exec(process.execPath, ['-e', '0']);
      if (round >= 0) empty.push(base.durationMs);
      for (const [index, args] of commands.entries()) {
        const { exitCode, durationMs, stderr } = await box.run(args);
        if (exitCode !== 0) throw new Error(`go-mirror ${args.join(' ')} ended with ${exitCode}:\n${stderr}`);
        if (round >= 0) times[index]!.push(durationMs); // The first round fills the caches.
      }
    }
    const base = quantile(empty, 0.5);
    console.log(`node -e 0               ${base.toFixed(0).padStart(5)} ms   1.00   (${process.version})`);
    for (const [index, args] of commands.entries()) {
      const time = quantile(times[index]!, 0.5);
      console.log(`${args.join(' ').padEnd(24)}${time.toFixed(0).padStart(5)} ms   ${(time / base).toFixed(2)}`);
    }
  } finally {
    await cleanUp();
  }
}

await main();
