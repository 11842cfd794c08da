import { cleanUp } from '../../test/lab/cleanup.ts';
import { sandbox } from '../../test/lab/sandbox.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';
import { quantile } from '../statistics.ts';

const usage = `npm run bench startup -- [--rounds 25] [--short]
How long commands take that ask no network, as multiples of \`node -e 0\`; each in turn, medians. --short: five rounds.`;
const fullRounds = 25;

const log = 'go: rsc.io/quote@v1.5.2: Get "https://goproxy.cn/x": dial tcp: lookup goproxy.cn: no such host\n';
const commands: Readonly<Record<string, { args: readonly string[]; input?: string }>> = {
  version: { args: ['--version'] },
  help: { args: ['--help'] },
  ls: { args: ['ls'] },
  current: { args: ['current'] },
  use: { args: ['use', 'goproxy.cn', '--no-probe'] },
  explain: { args: ['explain'], input: log },
};

async function main(): Promise<void> {
  const options = readOptions(usage, { rounds: String(fullRounds) });
  const rounds = options.short ? 5 : Number(options.rounds);
  try {
    const box = await sandbox();
    const empty: number[] = [];
    const times = Object.entries(commands).map(([name, call]) => ({ name, ...call, ms: [] as number[] }));
    for (let round = -1; round < rounds; round++) {
      const base = await box.exec(process.execPath, ['-e', '0']);
      if (round >= 0) empty.push(base.durationMs);
      for (const { args, input = '', ms } of times) {
        const { exitCode, durationMs, stderr } = await box.run(args, { input });
        if (exitCode !== 0) throw new Error(`go-mirror ${args.join(' ')} ended with ${exitCode}:\n${stderr}`);
        if (round >= 0) ms.push(durationMs); // The first round fills the caches.
      }
    }
    const base = quantile(empty, 0.5);
    console.log(`node -e 0                ${base.toFixed(0).padStart(5)} ms   (${process.version})`);
    for (const { args, ms } of times)
      console.log(`${args.join(' ').padEnd(25)}${quantile(ms, 0.5).toFixed(0).padStart(5)} ms`);
    const multiples = times.map(({ name, ms }) => [name, quantile(ms, 0.5) / base]);
    await conclude('startup', {
      arguments: { rounds },
      figures: { empty: base, ...Object.fromEntries(multiples) },
      full: rounds >= fullRounds,
    });
  } finally {
    await cleanUp();
  }
}

await main();
