import { readFile, writeFile } from 'node:fs/promises';
import { cleanUp } from '../../test/lab/cleanup.ts';
import { emulatedNetwork } from '../../test/lab/link.ts';
import { moduleTree } from '../../test/lab/modules.ts';
import { sumdbReplica } from '../../test/lab/sumdb.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';
import { kendallTau, quantile } from '../statistics.ts';
import { drawMirrors } from './draw.ts';
import { type Measured, probe, pull } from './measure.ts';

const usage = `npm run bench prediction -- [--mirrors 24] [--seed 1] [--parallel 3] [--real FILE] [--short]
Predicts how long the lab's project (106 modules, 44 MB) takes from mirrors drawn at random, and pulls it from each with the real go.
--real FILE keeps the real times, and uses them when the file is there already: for work on the estimator.
--short: three fast mirrors.`;

async function main(): Promise<void> {
  const options = readOptions(usage, { mirrors: '24', seed: '1', parallel: '3', real: '' });
  const mirrors = options.short
    ? [5, 20, 60].map(rttMs => ({ rttMs, megabitsPerSecond: 200 - 2 * rttMs, serverMs: rttMs / 5 }))
    : drawMirrors(Number(options.mirrors), Number(options.seed));
  try {
    const network = await emulatedNetwork(mirrors, { tree: await moduleTree(), sumdb: (await sumdbReplica()).folder });
    const predictions: Omit<Measured, 'realMs'>[] = [];
    for (const index of mirrors.keys()) predictions.push(await probe(network, index));

    const kept = options.real ? await readFile(options.real, 'utf8').catch(() => null) : null;
    const real = kept
      ? (JSON.parse(kept) as number[])
      : await inParallel(Number(options.parallel), mirrors.length, index => pull(network, index));
    if (options.real && !kept) await writeFile(options.real, JSON.stringify(real));
    const measured = predictions.map((prediction, index) => ({ ...prediction, realMs: real[index]! }));
    print(mirrors, measured);
    await conclude('prediction', {
      arguments: { mirrors: mirrors.length, seed: options.seed, parallel: options.parallel },
      figures: figuresOf(measured),
      full: !options.short && !kept && mirrors.length >= 24,
    });
  } finally {
    await cleanUp();
  }
}

/** So many at a time: the lines are the mirrors' own, only the processor is shared. */
async function inParallel<T>(limit: number, count: number, task: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      results[index] = await task(index);
      process.stderr.write('.');
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  process.stderr.write('\n');
  return results;
}

function print(mirrors: ReturnType<typeof drawMirrors>, measured: readonly Measured[]): void {
  console.log('RTT ms  Mbit/s  server ms | predicted s       real s   error | requests      kB');
  const order = [...mirrors.keys()].sort((a, b) => measured[a]!.realMs - measured[b]!.realMs);
  for (const index of order) {
    const { rttMs, megabitsPerSecond, serverMs } = mirrors[index]!;
    const { predictedMs, uncertaintyMs, realMs, probeRequests, probeBytes } = measured[index]!;
    const columns = [
      String(rttMs).padStart(6),
      String(megabitsPerSecond).padStart(7),
      `${String(serverMs).padStart(10)} |`,
      `${seconds(predictedMs)} ± ${seconds(uncertaintyMs).trim().padStart(4)}`,
      seconds(realMs).padStart(11),
      `${percent((predictedMs - realMs) / realMs).padStart(7)} |`,
      String(probeRequests).padStart(8),
      String(Math.round(probeBytes / 1000)).padStart(7),
    ];
    console.log(columns.join(' '));
  }
}

function figuresOf(measured: readonly Measured[]): Record<string, number> {
  const errors = measured.map(({ predictedMs, realMs }) => Math.abs(predictedMs - realMs) / realMs);
  const tau = (predictor: (one: Measured) => number) =>
    kendallTau(
      measured.map(({ realMs }) => realMs),
      measured.map(predictor),
    );
  const within = measured.filter(
    ({ predictedMs, realMs, uncertaintyMs }) => Math.abs(predictedMs - realMs) <= uncertaintyMs,
  );
  return {
    tau: tau(({ predictedMs }) => predictedMs),
    tauByLatency: tau(({ latencyMs }) => latencyMs), // As nrm ranks.
    tauBySpeed: tau(({ msPerMegabyte }) => msPerMegabyte), // As chsrc ranks.
    medianError: quantile(errors, 0.5),
    p90Error: quantile(errors, 0.9),
    withinInterval: within.length / measured.length,
    requests: Math.max(...measured.map(({ probeRequests }) => probeRequests)),
    bytes: Math.max(...measured.map(({ probeBytes }) => probeBytes)),
  };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1).padStart(8);
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

await main();
