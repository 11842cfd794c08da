import { parseArgs } from 'node:util';
import { sandbox } from '../../test/lab/sandbox.ts';
import { killAtRandom, writeAtOnce } from '../../test/lab/upheaval.ts';

/** `node bench/run.js upheaval [--runs 1000] [--processes 32] [--rounds 20]`: no run may lose or tear the settings file. */
async function main(args: string[]): Promise<void> {
  const number = (preset: string) => ({ type: 'string', default: preset }) as const;
  const { values } = parseArgs({
    args,
    options: { runs: number('1000'), processes: number('32'), rounds: number('20') },
  });
  const started = performance.now();
  const killed = await inSandbox(box => killAtRandom(box, Number(values.runs)));
  console.log(JSON.stringify(killed, null, 2));
  const crowd = await inSandbox(box => writeAtOnce(box, Number(values.processes), Number(values.rounds)));
  console.log(JSON.stringify(crowd, null, 2));
  console.log(`${Math.round((performance.now() - started) / 1000)} s`);
  if (killed.faults.length + crowd.faults.length > 0) process.exitCode = 1;
}

async function inSandbox<T>(work: (box: Awaited<ReturnType<typeof sandbox>>) => Promise<T>): Promise<T> {
  const box = await sandbox();
  return work(box).finally(() => box.remove());
}

await main(process.argv.slice(2));
