import type { ModuleVersion } from '../project/go-mod.ts';
import { NetworkFailure } from '../system/network/failure.ts';
import type { Reply } from '../system/network/session.ts';
import { type Bandwidth, bandwidthOf } from './bandwidth.ts';
import type { Line } from './line.ts';
import type { ProvenMirror } from './mirror.ts';
import { modulePath } from './mirror-client.ts';
import { pinnedModule } from './pinned.ts';
import type { Workload } from './workload.ts';

/** What the estimate is made of, response times in milliseconds by kind of file. */
export interface Samples {
  info: number[];
  mod: number[];
  zip: number[];
  bandwidth: Bandwidth | null;
}

/** Largest download for bandwidth: the round's 2 MB hold it beside the proof. */
const downloadBytes = 1_200_000;
/** How long one download may take; what came by then is enough. */
const downloadMs = 4000;

export interface Refinement {
  workload: Workload;
  line: Line;
  /** Modules that this mirror may be asked for. */
  mayAsk: (module: ModuleVersion) => boolean;
  /** Modules that samples are taken of. */
  modules: readonly ModuleVersion[];
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

async function sample({ client }: ProvenMirror, samples: Samples, { workload, mayAsk, modules }: Refinement) {
  for (let turn = 0; client.left().requests > 2; turn++) {
    const unsized = turn % 2 === 0 ? workload.sizes.take(mayAsk) : undefined;
    if (unsized) {
      const reply = await client.ask('HEAD', modulePath(unsized.path, unsized.version, 'zip'));
      const bytes = reply.status === 200 ? Number(reply.headers['content-length']) : Number.NaN;
      if (bytes > 0) workload.sizes.learn(unsized, bytes);
      else workload.sizes.giveBack(unsized);
      if (reply.status === 200) samples.zip.push(reply.totalMs);
      continue;
    }
    const module = modules[turn % modules.length] ?? pinnedModule;
    const kind = turn % 4 < 2 ? 'mod' : 'info';
    const reply = await client.ask('GET', modulePath(module.path, module.version, kind), { maxBytes: 100_000 });
    if (reply.status === 200 && !reply.cut) samples[kind].push(reply.totalMs);
  }
}

async function download(mirror: ProvenMirror, plan: Refinement, waiting: number): Promise<Bandwidth | null> {
  const { client } = mirror;
  const share = client.deadline.remainingMs() / (waiting + 1.5);
  const cutAfterMs = Math.min(downloadMs, share);
  if (cutAfterMs < 50) return null;
  const limit = Math.min(downloadBytes, client.left().bytes - 100_000);
  const known = plan.workload.sizes.largestBelow(limit, plan.mayAsk);
  const { path, version } = known?.module ?? pinnedModule;
  const reply: Reply = await client.ask('GET', modulePath(path, version, 'zip'), { cutAfterMs, maxBytes: limit });
  return reply.status === 200 ? bandwidthOf(reply) : null;
}
