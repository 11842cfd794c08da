import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publicMirrors } from '../lab/catalogue.ts';
import { certificateAuthority } from '../lab/certificates.ts';
import { type Fault, htmlPage } from '../lab/fault.ts';
import { labMirror } from '../lab/mirror.ts';
import type { Ended } from '../lab/process.ts';
import type { ConnectionFault } from '../lab/relay.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { cacheOf, type MadeProject, writeProject } from './made-project.ts';
import { type Random, seeded } from './random.ts';

/** Who pulls: `script` is go in a loop of three attempts, as people write it. */
export type Puller = 'pull' | 'go' | 'script';

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
  'stream reset': { resetStream: 'before' },
  'stream reset in body': { resetStream: 'body' },
  goaway: { goaway: 'before', times: 1 },
  'goaway after': { goaway: 'after', times: 1 },
};

/** What may happen to whole connections: it passes, since a mirror that is healthy for a file stays so. */
const interruptions: readonly ConnectionFault[] = [
  { does: 'reset', afterBytes: 3000 },
  { does: 'reset', afterBytes: 60_000 },
  { does: 'end', afterBytes: 40_000 },
  { does: 'stall', afterMs: 300 },
  { does: 'reset', afterMs: 0 },
];

/** Who a mirror is in one schedule. */
interface Temper {
  speaks: 'http' | 'https' | 'http2';
  faults: Fault[];
  connectionFaults: ConnectionFault[];
}

/** For each file one mirror is healthy at any time; what the others do is drawn. Some faults pass after a request or two. */
function tempersOf(random: Random, paths: readonly string[]): Temper[] {
  const severity = 0.2 + 0.7 * random.next();
  const mirrors = Array.from({ length: 3 }, (): Temper => {
    const interruption = random.pick(interruptions);
    // One silence after the other takes as long as a pull waits for a byte at all.
    const most = interruption.does === 'stall' ? 2 : 3;
    const connectionFaults = random.next() < 0.4 ? [{ ...interruption, to: 1 + Math.floor(random.next() * most) }] : [];
    return { speaks: random.pick(['http', 'https', 'http2', 'http2']), faults: [], connectionFaults };
  });
  // One that nobody listens at any more, or that nothing comes from.
  const dead = random.next() < 0.2 ? Math.floor(random.next() * 3) : null;
  if (dead !== null)
    mirrors[dead]!.connectionFaults = [{ does: random.pick(['refuse', 'stall', 'reset']), from: random.pick([1, 2]) }];
  const alive = [0, 1, 2].filter(index => index !== dead);
  for (const path of paths) {
    const healthy = random.pick(alive);
    for (const [index, { faults }] of mirrors.entries()) {
      if (index === healthy || random.next() > severity) continue;
      const fault = misbehaviours[random.pick(Object.keys(misbehaviours))]!;
      if (fault.tamper && !/\.(zip|mod)$/.test(path)) continue;
      const passes = random.next() < 0.3 ? { times: 1 } : {};
      faults.push({ ...fault, ...passes, path: request => request.path === path });
    }
  }
  return mirrors;
}

/** Pulls the project and compares what that leaves with an undisturbed pull. */
export async function runSchedule(
  project: MadeProject,
  seed: number,
  { puller = 'pull', deadlineMs = 90_000 }: { puller?: Puller; deadlineMs?: number } = {},
): Promise<ScheduleResult> {
  const authority = certificateAuthority();
  const mirrors = await Promise.all(
    tempersOf(seeded(seed), Object.keys(project.files)).map(({ speaks, faults, connectionFaults }) =>
      labMirror({
        files: project.files,
        faults,
        ...(connectionFaults.length > 0 ? { connectionFaults } : {}),
        ...(speaks === 'http' ? {} : { tls: authority.leaf(), http1: speaks === 'https' }),
      }),
    ),
  );
  const urls = mirrors.map(({ url }) => url);
  const box = await sandbox({ env: { GOSUMDB: 'off', GOFLAGS: '-modcacherw', GOPROXY: urls.join(',') } });
  box.env.SSL_CERT_FILE = authority.writeTo(box.root);
  try {
    await writeProject(box.work, project);
    const ended = await startedBy(puller, box, urls, deadlineMs);
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

const script = 'for attempt in 1 2 3; do go mod download && exit; sleep 1; done; exit 1';

async function startedBy(puller: Puller, box: Sandbox, urls: readonly string[], timeoutMs: number): Promise<Ended> {
  if (puller === 'go') return box.go(['mod', 'download'], { timeoutMs });
  // The shell alone would be killed, and go would hold on to its streams.
  const within = ['-s', 'KILL', String(timeoutMs / 1000)];
  if (puller === 'script') return box.exec('timeout', [...within, 'sh', '-c', script], { timeoutMs: 2 * timeoutMs });
  return box.run(['pull', '--json', ...(await publicMirrors(box.root, urls))], { timeoutMs });
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
