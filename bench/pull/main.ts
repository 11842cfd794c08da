import { pathToFileURL } from 'node:url';
import { publicMirrors } from '../../test/lab/catalogue.ts';
import { cleanUp } from '../../test/lab/cleanup.ts';
import { type EmulatedMirror, emulatedNetwork } from '../../test/lab/link.ts';
import { copyProject, moduleTree } from '../../test/lab/modules.ts';
import { command, goFolder, sandbox } from '../../test/lab/sandbox.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';
import { quantile } from '../statistics.ts';

const usage = `npm run bench pull -- [--rounds N] [--scenario far,far-http1,far-lossy,near,two] [--short]
Plain \`go mod download\` and \`go-mirror pull\` side by side, each on a fresh module cache; medians of five rounds, of two where packets
are lost. The limit is what no client can beat without overlapping: bytes / bandwidth, plus the time go needs from a \`file://\` proxy.
Everything is written to memory (/dev/shm), since a disk that others share takes twice as long from one minute to the next.
--short: one round of the near one.
A scenario gives a result of its own, pull-far.json and so on. Needs root (network namespaces).`;
/** Plain go takes seven minutes where packets are lost. */
const fullRounds = (scenario: string): number => (scenario === 'far-lossy' ? 2 : 5);
const inMemory = '/dev/shm';

const scenarios: Readonly<Record<string, readonly EmulatedMirror[]>> = {
  far: [{ rttMs: 150, megabitsPerSecond: 100, serverMs: 20 }],
  'far-http1': [{ rttMs: 150, megabitsPerSecond: 100, serverMs: 20, http1: true }],
  'far-lossy': [{ rttMs: 150, megabitsPerSecond: 100, serverMs: 20, loss: 0.01 }],
  near: [{ rttMs: 5, megabitsPerSecond: 1000 }],
  two: [
    { rttMs: 40, megabitsPerSecond: 50 },
    { rttMs: 40, megabitsPerSecond: 50 },
  ],
};

/** One download on a machine of its own, seconds. */
async function timed(
  how: 'go' | 'pull',
  env: Record<string, string>,
  inside: (file: string, args: string[]) => [string, string[]],
): Promise<number> {
  const box = await sandbox({ env: { GOSUMDB: 'off', GOFLAGS: '-modcacherw', ...env } });
  try {
    await copyProject(box.work);
    const catalogue = await publicMirrors(box.root, (env.GOPROXY ?? '').split(','));
    const [file, args] =
      how === 'go'
        ? inside(`${goFolder}/go`, ['mod', 'download'])
        : inside(process.execPath, [command, 'pull', '--quiet', ...catalogue]);
    const ended = await box.exec(file, args, { timeoutMs: 600_000 });
    if (ended.exitCode !== 0) throw new Error(`${how}: ${ended.stdout}${ended.stderr}`);
    return ended.durationMs / 1000;
  } finally {
    await box.remove();
  }
}

async function main(): Promise<void> {
  const options = readOptions(usage, { rounds: '', scenario: Object.keys(scenarios).join() });
  const roundsOf = (name: string): number => (options.short ? 1 : Number(options.rounds || fullRounds(name)));
  const names = options.short ? ['near'] : options.scenario.split(',');
  const unknown = names.filter(name => !scenarios[name]);
  if (unknown.length > 0 || !names.every(name => roundsOf(name) >= 1)) throw new Error(`${unknown.join()}\n${usage}`);
  const tree = await moduleTree();
  process.env.TMPDIR = inMemory;
  try {
    for (const name of names) {
      const rounds = roundsOf(name);
      const figures = await measure(name, tree, rounds);
      await conclude(`pull-${name}`, { arguments: { rounds }, figures, full: rounds >= fullRounds(name) });
    }
  } finally {
    await cleanUp();
  }
}

/** In turn, so that what else the machine does hits all of them. */
async function measure(name: string, tree: string, rounds: number): Promise<Record<string, number>> {
  const mirrors = scenarios[name]!;
  const network = await emulatedNetwork(mirrors, { tree });
  const box = await sandbox();
  const env = { GOPROXY: network.urls.join(), SSL_CERT_FILE: network.ca.writeTo(box.root) };
  const seconds: Record<'pull' | 'go' | 'file', number[]> = { pull: [], go: [], file: [] };
  for (let round = 1; round <= rounds; round++) {
    seconds.pull.push(await timed('pull', env, network.inside));
    seconds.go.push(await timed('go', env, network.inside));
    seconds.file.push(await timed('go', { GOPROXY: pathToFileURL(tree).href }, (file, args) => [file, args]));
    const last = Object.entries(seconds).map(([how, all]) => `${how} ${all.at(-1)!.toFixed(2)} s`);
    console.log(`${name}, ${round} of ${rounds}: ${last.join('   ')}`);
  }
  const bytes = (await network.statistics()).reduce((sum, each) => sum + each.bytes, 0) / (2 * rounds);
  const rate = mirrors.reduce((sum, { megabitsPerSecond }) => sum + megabitsPerSecond, 0) * 125_000;
  await network.close();
  await box.remove();
  const [pull, go, file] = [seconds.pull, seconds.go, seconds.file].map(all => quantile(all, 0.5)) as [
    number,
    number,
    number,
  ];
  return { go, pull, ratio: pull / go, worst: Math.max(...seconds.pull) / go, limit: pull / (bytes / rate + file) };
}

await main();
