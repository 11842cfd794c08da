import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publicMirrors } from '../lab/catalogue.ts';
import { type Fault, htmlPage } from '../lab/fault.ts';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import type { Ended } from '../lab/process.ts';
import { sandbox } from '../lab/sandbox.ts';
import { cacheOf, type MadeProject, writeProject } from './made-project.ts';
import { type Random, seeded } from './random.ts';

/** How one pull through three mirrors with random faults ended. */
export interface ScheduleResult {
  seed: number;
  /** What is wrong with it; empty where all is right. */
  faults: string[];
  durationMs: number;
  failovers: number;
  output: string;
}

/** What may happen to a file at a mirror. `info` is left alone by what nobody could notice. */
const misbehaviours: Readonly<Record<string, Fault>> = {
  'stall before': { stall: 'before' },
  'stall in body': { stall: 'body' },
  500: { status: 500 },
  502: { status: 502, body: 'bad gateway\n' },
  503: { status: 503 },
  429: { status: 429, headers: { 'retry-after': '1' } },
  404: { status: 404, body: 'not found\n' },
  'reset before': { reset: 'before' },
  'reset in body': { reset: 'body' },
  html: htmlPage,
  truncated: { truncate: true },
  tampered: { tamper: true },
  drip: { bytesPerSecond: 400 },
  slow: { delayMs: 700 },
};

/** For each file one mirror is healthy at any time; what the others do is drawn. Some faults pass after a request or two. */
function faultsOf(random: Random, paths: readonly string[]): Fault[][] {
  const severity = 0.2 + 0.7 * random.next();
  const mirrors: Fault[][] = [[], [], []];
  for (const path of paths) {
    const healthy = Math.floor(random.next() * 3);
    for (const [index, faults] of mirrors.entries()) {
      if (index === healthy || random.next() > severity) continue;
      const fault = misbehaviours[random.pick(Object.keys(misbehaviours))]!;
      if (fault.tamper && !/\.(zip|mod)$/.test(path)) continue;
      const passes = random.next() < 0.3 ? { times: 1 } : {};
      faults.push({ ...fault, ...passes, path: request => request.path === path });
    }
  }
  return mirrors;
}

/** Three mirrors of a project that behave as the seed says. */
export async function mirrorsOf(project: MadeProject, seed: number): Promise<LabMirror[]> {
  const plans = faultsOf(seeded(seed), Object.keys(project.files));
  return Promise.all(plans.map(faults => labMirror({ files: project.files, faults })));
}

/** Pulls the project by go-mirror and compares what it leaves with an undisturbed pull. */
export async function runSchedule(project: MadeProject, seed: number): Promise<ScheduleResult> {
  const mirrors = await mirrorsOf(project, seed);
  const box = await sandbox({
    env: { GOSUMDB: 'off', GOFLAGS: '-modcacherw', GOPROXY: mirrors.map(({ url }) => url).join(',') },
  });
  try {
    await writeProject(box.work, project);
    const catalogue = await publicMirrors(
      box.root,
      mirrors.map(({ url }) => url),
    );
    const ended = await box.run(['pull', '--json', ...catalogue], { timeoutMs: 90_000 });
    const faults = await faultsIn(ended, box.work, box.moduleCache, project);
    return {
      seed,
      faults,
      durationMs: ended.durationMs,
      failovers: failoversIn(ended),
      output: ended.stdout + ended.stderr,
    };
  } finally {
    await Promise.all(mirrors.map(mirror => mirror.close()));
    await box.remove();
  }
}

async function faultsIn(ended: Ended, folder: string, cache: string, project: MadeProject): Promise<string[]> {
  if (ended.exitCode !== 0) return [ended.timedOut ? 'timed out' : `exit code ${ended.exitCode}`];
  const faults: string[] = [];
  if ((await readFile(join(folder, 'go.sum'), 'utf8')) !== project.goSum) faults.push('another go.sum');
  const found = await cacheOf(cache);
  for (const name of new Set([...found.keys(), ...project.cache.keys()])) {
    if (found.get(name) !== project.cache.get(name)) faults.push(`module cache: ${name}`);
  }
  return faults;
}

function failoversIn({ stdout }: Ended): number {
  try {
    return (JSON.parse(stdout) as { failovers: number }).failovers;
  } catch {
    return 0;
  }
}
