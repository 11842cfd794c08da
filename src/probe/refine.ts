import type { ModuleVersion } from '../go/mod-file.ts';
import { versionFile } from '../modproxy/proxy-file.ts';
import { NetworkFailure } from '../system/network/failure.ts';
import { type Bandwidth, bandwidthOf } from './bandwidth.ts';
import type { Line } from './line.ts';
import type { ProvenMirror } from './mirror.ts';
import type { MirrorClient } from './mirror-client.ts';
import { largeModule, pinnedModule } from './pinned.ts';
import type { Samples } from './samples.ts';
import type { Workload } from './workload.ts';

/** Largest download for bandwidth: the round's 2 MB hold it beside the proof. */
const downloadBytes = 1_200_000;
/** How long one download may take; what came by then is enough. */
const downloadMs = 2500;

export interface Refinement {
  workload: Workload;
  line: Line;
  /** Modules that this mirror may be asked for. */
  mayAsk: (module: ModuleVersion) => boolean;
  /** Modules that samples are taken of. */
  modules: readonly ModuleVersion[];
  /** So much of the deadline is left to the downloads: no more samples are taken then. Milliseconds. */
  downloadsMs: number;
}

/** Measures a mirror that has proven itself: zip sizes and response times first, one download after. */
export async function refine(mirror: ProvenMirror, samples: Samples, plan: Refinement): Promise<void> {
  try {
    await plan.line.quietly(() => sample(mirror, samples, plan));
    if (mirror.client.left().requests < 1 || mirror.client.deadline.remainingMs() === 0) return;
    const rank = (mirror.target.counts ? 0 : 1e6) + (samples.mod[0] ?? 1e5);
    samples.bandwidth = await plan.line.alone(rank, waiting => download(mirror, plan, waiting));
  } catch (error) {
    // The verdict stands; what is missing makes the estimate less certain.
    if (!(error instanceof NetworkFailure)) throw error;
    mirror.probe.cutShort = true;
  }
}

/** Small files first, as proof has left few samples of them; then the sizes of zips, whose HEADs are samples too. */
async function sample({ client }: ProvenMirror, samples: Samples, plan: Refinement): Promise<void> {
  const { workload, mayAsk, modules, downloadsMs } = plan;
  const answersHead = client.requests[0]?.status !== null;
  for (let turn = 0; client.left().requests > 2 && client.deadline.remainingMs() > downloadsMs; turn++) {
    const unsized = turn < 2 || !answersHead ? undefined : workload.sizes.take(mayAsk);
    if (unsized) {
      await askSize(client, samples, plan, unsized);
      continue;
    }
    const module = modules[turn % modules.length] ?? pinnedModule;
    const kind = turn % 2 === 0 ? 'mod' : 'info';
    const reply = await client.ask('GET', versionFile(module.path, module.version, kind).path, { maxBytes: 100_000 });
    if (reply.status === 200 && !reply.cut) samples[kind].push(reply.totalMs);
  }
}

async function askSize(
  client: MirrorClient,
  samples: Samples,
  { workload: { sizes } }: Refinement,
  module: ModuleVersion,
): Promise<void> {
  const { status, headers, totalMs } = await client.ask('HEAD', versionFile(module.path, module.version, 'zip').path);
  const bytes = Number(headers['content-length']);
  if (status === 200 && bytes > 0) sizes.learn(module, bytes, headers['accept-ranges'] === 'bytes');
  else sizes.giveBack(module);
  if (status === 200) samples.zip.push(totalMs);
}

/** Downloads one zip, or the beginning of one, of the size that says most within the manners. */
async function download(mirror: ProvenMirror, plan: Refinement, waiting: number): Promise<Bandwidth | null> {
  const { client } = mirror;
  const cutAfterMs = Math.min(downloadMs, client.deadline.remainingMs() / (waiting + 1.5));
  if (cutAfterMs < 50) return null;
  const limit = Math.min(downloadBytes, client.left().bytes - 100_000);
  const { module, ranged } = plan.workload.sizes.downloadFor(limit, plan.mayAsk) ?? {
    module: largeModule,
    ranged: true,
  };
  const reply = await client.ask('GET', versionFile(module.path, module.version, 'zip').path, {
    cutAfterMs,
    maxBytes: limit,
    refuseLonger: true,
    ...(ranged ? { headers: { range: `bytes=0-${limit - 1}` } } : {}),
  });
  if (reply.status === 200 && reply.cut)
    plan.workload.sizes.learn(module, Number(reply.headers['content-length']), false);
  return reply.status === 200 || reply.status === 206 ? bandwidthOf(reply) : null;
}
