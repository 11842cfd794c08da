import { cleanUp } from '../../test/lab/cleanup.ts';
import { type EmulatedMirror, emulatedNetwork } from '../../test/lab/link.ts';
import { moduleTree } from '../../test/lab/modules.ts';
import { sandbox } from '../../test/lab/sandbox.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';

const usage = `npm run bench link -- [--short]
What the emulated lines themselves carry: times of curl beside the figures they were given. --short: the first line.`;

const lines: readonly EmulatedMirror[] = [
  { rttMs: 5, megabitsPerSecond: 1000 },
  { rttMs: 150, megabitsPerSecond: 100, serverMs: 20 },
  { rttMs: 300, megabitsPerSecond: 200 },
  { rttMs: 20, megabitsPerSecond: 50 },
  { rttMs: 100, megabitsPerSecond: 2 },
];
const zip = '/golang.org/x/text/@v/v0.42.0.zip';
const format =
  '%{time_connect} %{time_appconnect} %{time_starttransfer} %{time_total} %{speed_download} %{size_download}';

async function main(): Promise<void> {
  const { short } = readOptions(usage, {});
  const tree = await moduleTree();
  const found: Carried[] = [];
  try {
    console.log(
      'RTT ms  Mbit/s  server | connect    TLS  first byte ms | Mbit/s of one download, three downloads together',
    );
    for (const line of short ? lines.slice(0, 1) : lines) found.push(await carried(line, tree));
    await conclude('link', {
      arguments: {},
      figures: {
        connect: Math.max(...found.map(({ beyondRttMs }) => beyondRttMs)),
        rate: Math.max(...found.map(({ ofRate }) => ofRate)),
      },
      full: !short,
    });
  } finally {
    await cleanUp();
  }
}

interface Carried {
  /** What connecting takes beside the round trip, milliseconds. */
  beyondRttMs: number;
  /** The share of the line's rate that three downloads have together. */
  ofRate: number;
}

async function carried(line: EmulatedMirror, tree: string): Promise<Carried> {
  const network = await emulatedNetwork([line], { tree });
  const box = await sandbox();
  const curl = ['-s', '--cacert', network.ca.writeTo(box.work), '-w', `${format}\\n`];
  const url = network.urls[0] + zip;
  const one = async () => {
    const { stdout } = await box.exec(...network.inside('curl', [...curl, '-o', '/dev/null', url]));
    return stdout.trim().split(' ').map(Number);
  };
  await one(); // The server reads the file.
  const [connect = 0, tls = 0, first = 0, total = 0, , bytes = 0] = await one();
  const started = performance.now();
  await Promise.all([one(), one(), one()]);
  const together = (3 * bytes * 8) / 1000 / (performance.now() - started);
  const ms = [connect, tls - connect, first - tls].map(seconds => (seconds * 1000).toFixed(1).padStart(7));
  console.log(
    `${String(line.rttMs).padStart(6)}  ${String(line.megabitsPerSecond).padStart(6)}  ${String(line.serverMs ?? 0).padStart(6)} |${ms.join('')} | ${((bytes * 8) / 1e6 / (total - first)).toFixed(1)}  ${together.toFixed(1)}`,
  );
  await network.close();
  await box.remove();
  return { beyondRttMs: connect * 1000 - line.rttMs, ofRate: together / line.megabitsPerSecond };
}

await main();
