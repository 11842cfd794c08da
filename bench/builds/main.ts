import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { certificateAuthority } from '../../test/lab/certificates.ts';
import { cleanUp } from '../../test/lab/cleanup.ts';
import { emulatedNetwork } from '../../test/lab/link.ts';
import { labMirror } from '../../test/lab/mirror.ts';
import { copyProject, moduleTree } from '../../test/lab/modules.ts';
import { command, goFolder, sandbox } from '../../test/lab/sandbox.ts';
import { flaky } from '../../test/relay/flaky.ts';
import { type MadeProject, madeProject, writeProject } from '../../test/relay/made-project.ts';
import { seeded } from '../../test/relay/random.ts';
import { inParallel } from '../in-parallel.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';
import { quantile } from '../statistics.ts';

const usage = `npm run bench builds -- [--count 1000] [--share 0.05] [--seed 1] [--rounds 5] [--parallel 2] [--short]
\`go build\` through a mirror of which a share of the answers end in INTERNAL_ERROR, GOAWAY, a reset, 502 or a short body: by \`run\`, and at each
tenth by plain go and by a script of three attempts. Then a download by \`run\` and by plain go on a healthy line of 30 ms and 200 Mbit/s, in turn.
--short: twenty builds and one round. Needs root (network namespaces).`;

const script = 'for attempt in 1 2 3; do go build ./... && exit; sleep 1; done; exit 1';
const ways = {
  run: [process.execPath, [command, 'run', '--', 'go', 'build', './...']],
  go: [join(goFolder, 'go'), ['build', './...']],
  script: ['sh', ['-c', script]],
} as const;
type Way = keyof typeof ways;

async function main(): Promise<void> {
  const options = readOptions(usage, { count: '1000', share: '0.05', seed: '1', rounds: '5', parallel: '2' });
  const count = options.short ? 20 : Number(options.count);
  const rounds = options.short ? 1 : Number(options.rounds);
  try {
    const shares = await builds(count, Number(options.share), Number(options.seed), Number(options.parallel));
    const healthy = await onHealthyLine(rounds);
    await conclude('builds', {
      arguments: { count, share: Number(options.share), seed: Number(options.seed), rounds },
      figures: { ...shares, ...healthy },
      full: count >= 1000 && rounds >= 5,
    });
  } finally {
    await cleanUp();
  }
}

/** The share of builds that succeed, by each way. */
async function builds(count: number, share: number, seed: number, lanes: number): Promise<Record<Way, number>> {
  const project = await madeProject();
  const warm = await warmBuildCache(project);
  const right: Record<Way, number> = { run: 0, go: 0, script: 0 };
  const tried: Record<Way, number> = { run: 0, go: 0, script: 0 };
  await inParallel(lanes, count, async index => {
    for (const way of index % 10 === 0 ? (Object.keys(ways) as Way[]) : (['run'] as const)) {
      const output = await build(project, warm, way, seed + index, share);
      tried[way] += 1;
      if (output === null) right[way] += 1;
      else if (way === 'run') console.log(`build ${seed + index}:\n${output}`);
    }
    if (tried.run % 100 === 0) console.log(`${right.run} of ${tried.run} right`);
  });
  return { run: right.run / tried.run, go: right.go / tried.go, script: right.script / tried.script };
}

/** One build on a machine of its own; what it said where it failed, else null. */
async function build(
  project: MadeProject,
  warm: string,
  way: Way,
  seed: number,
  share: number,
): Promise<string | null> {
  const authority = certificateAuthority();
  const faults = flaky(seeded(seed), share);
  const mirror = await labMirror({ files: project.files, tls: authority.leaf(), faults });
  const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off', GOFLAGS: '-modcacherw', GOCACHE: warm } });
  box.env.SSL_CERT_FILE = authority.writeTo(box.root);
  try {
    await writeMain(box.work, project);
    const [file, args] = ways[way];
    const ended = await box.exec(file, args, { timeoutMs: 120_000 });
    return ended.exitCode === 0 ? null : `exit code ${ended.exitCode}\n${ended.stdout}${ended.stderr}`;
  } finally {
    await mirror.close();
    await box.remove();
  }
}

async function writeMain(folder: string, project: MadeProject): Promise<void> {
  await writeProject(folder, project);
  const modules = [...project.goMod.matchAll(/^\t(\S+) v/gm)].map(([, path]) => `import _ "${path}"\n`);
  await writeFile(join(folder, 'lib.go'), `package lib\n\n${modules.join('')}`);
}

/** GOCACHE with all that a build compiles, so that the pull is what is measured. */
async function warmBuildCache(project: MadeProject): Promise<string> {
  const mirror = await labMirror({ files: project.files });
  const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off', GOFLAGS: '-modcacherw' } });
  await writeMain(box.work, project);
  const GOCACHE = join(box.root, 'gocache');
  const ended = await box.go(['build', './...'], { env: { GOCACHE }, timeoutMs: 600_000 });
  if (ended.exitCode !== 0) throw new Error(ended.stderr);
  await mirror.close();
  return GOCACHE;
}

/** `run` by plain go where nothing breaks: medians, in turn. */
async function onHealthyLine(rounds: number): Promise<{ healthyGo: number; healthyRun: number; ratio: number }> {
  const network = await emulatedNetwork([{ rttMs: 30, megabitsPerSecond: 200 }], { tree: await moduleTree() });
  const seconds: Record<'go' | 'run', number[]> = { go: [], run: [] };
  for (let round = 1; round <= rounds; round += 1) {
    for (const way of ['run', 'go'] as const) {
      const box = await sandbox({ env: { GOPROXY: network.urls.join(), GOSUMDB: 'off', GOFLAGS: '-modcacherw' } });
      box.env.SSL_CERT_FILE = network.ca.writeTo(box.root);
      await copyProject(box.work);
      // Behind a shell nobody knows that it is a download, as with every build: nothing is fetched ahead of go.
      const download = ['sh', ['-c', 'exec go mod download']] as const;
      const [file, args] =
        way === 'go' ? download : ([process.execPath, [command, 'run', '--', download[0], ...download[1]]] as const);
      const ended = await box.exec(...network.inside(file, [...args]), { timeoutMs: 300_000 });
      if (ended.exitCode !== 0) throw new Error(`${way}: ${ended.stdout}${ended.stderr}`);
      seconds[way].push(ended.durationMs / 1000);
      await box.remove();
    }
    console.log(
      `healthy, ${round} of ${rounds}: run ${seconds.run.at(-1)!.toFixed(2)} s   go ${seconds.go.at(-1)!.toFixed(2)} s`,
    );
  }
  await network.close();
  const [healthyGo, healthyRun] = [quantile(seconds.go, 0.5), quantile(seconds.run, 0.5)];
  return { healthyGo, healthyRun, ratio: healthyRun / healthyGo };
}

await main();
