import { pathToFileURL } from 'node:url';
import { publicMirrors } from '../../test/lab/catalogue.ts';
import { cleanUp } from '../../test/lab/cleanup.ts';
import { type EmulatedMirror, emulatedNetwork } from '../../test/lab/link.ts';
import { copyProject, moduleTree } from '../../test/lab/modules.ts';
import { command, goFolder, sandbox } from '../../test/lab/sandbox.ts';

interface Scenario {
  name: string;
  mirrors: EmulatedMirror[];
}

const scenarios: Scenario[] = [
  { name: 'far: 150 ms, 100 Mbit/s', mirrors: [{ rttMs: 150, megabitsPerSecond: 100, serverMs: 20 }] },
  { name: 'far, HTTP/1.1 only', mirrors: [{ rttMs: 150, megabitsPerSecond: 100, serverMs: 20, http1: true }] },
  { name: 'near: 5 ms, 1 Gbit/s', mirrors: [{ rttMs: 5, megabitsPerSecond: 1000 }] },
  {
    name: 'two of 50 Mbit/s, 40 ms',
    mirrors: [
      { rttMs: 40, megabitsPerSecond: 50 },
      { rttMs: 40, megabitsPerSecond: 50 },
    ],
  },
];

/** One download on a machine of its own: seconds, and megabytes fetched from the mirrors. */
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
    const ended = await box.exec(file, args, { timeoutMs: 300_000 });
    if (ended.exitCode !== 0) throw new Error(`${how}: ${ended.stdout}${ended.stderr}`);
    return ended.durationMs / 1000;
  } finally {
    await box.remove();
  }
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const seconds = (value: number): string => `${value.toFixed(2)} s`;

/**
 * Plain `go mod download` and `go-mirror pull` side by side, each on a fresh module cache: `npm run bench pull -- [ROUNDS] [PART OF A NAME]`.
 * The limit is what no client can beat without overlapping: bytes / bandwidth, plus the time go needs from a `file://` proxy.
 * Needs root (network namespaces).
 */
async function main(args: readonly string[]): Promise<void> {
  const rounds = Number(args[0] ?? 3);
  const only = args[1];
  const tree = await moduleTree();
  try {
    for (const { name, mirrors } of scenarios.filter(scenario => !only || scenario.name.includes(only))) {
      const network = await emulatedNetwork(mirrors, { tree });
      const box = await sandbox();
      const SSL_CERT_FILE = network.ca.writeTo(box.root);
      const GOPROXY = network.urls.join(',');
      const results: { go: number[]; pull: number[]; file: number[] } = { go: [], pull: [], file: [] };
      const before = (await network.statistics()).reduce((sum, { bytes }) => sum + bytes, 0);
      for (let round = 0; round < rounds; round += 1) {
        results.pull.push(await timed('pull', { GOPROXY, SSL_CERT_FILE }, network.inside));
        if (round === 0) {
          const after = (await network.statistics()).reduce((sum, { bytes }) => sum + bytes, 0);
          console.log(`\n${name}: ${((after - before) / 1e6).toFixed(1)} MB`);
        }
        results.go.push(await timed('go', { GOPROXY, SSL_CERT_FILE }, network.inside));
        results.file.push(await timed('go', { GOPROXY: pathToFileURL(tree).href }, (file, args) => [file, args]));
      }
      const bytes = (await network.statistics()).reduce((sum, each) => sum + each.bytes, 0) / (2 * rounds);
      const rate = mirrors.reduce((sum, { megabitsPerSecond }) => sum + megabitsPerSecond, 0) * 125_000;
      const [go, pull, file] = [median(results.go), median(results.pull), median(results.file)];
      const limit = bytes / rate + file;
      console.log(
        `  go ${seconds(go)}   pull ${seconds(pull)}   go from file:// ${seconds(file)}   bytes ${seconds(bytes / rate)}`,
      );
      console.log(`  pull / go ${(pull / go).toFixed(2)}   pull / limit ${(pull / limit).toFixed(2)}`);
      await network.close();
      await box.remove();
    }
  } finally {
    await cleanUp();
  }
}

await main(process.argv.slice(2));
