import type { ModuleVersion } from '../go/mod-file.ts';
import { type Fault, faultOf } from '../modproxy/fault.ts';
import { versionFile } from '../modproxy/proxy-file.ts';
import type { ProjectModule } from '../project/project.ts';
import { authorityOf, hostAndPort } from '../system/network/address.ts';
import { NetworkFailure } from '../system/network/failure.ts';
import { stalled } from '../system/network/request-failure.ts';
import type { Reply } from '../system/network/session.ts';
import { type Bandwidth, bandwidthOf } from './bandwidth.ts';
import { hashFault } from './content.ts';
import type { Line } from './line.ts';
import type { ProvenMirror } from './mirror.ts';
import type { AskOptions, MirrorClient } from './mirror-client.ts';
import { largeModule, pinnedModule } from './pinned.ts';
import type { MirrorProbe } from './result.ts';
import type { Samples } from './samples.ts';
import type { Workload } from './workload.ts';

/** Largest download for bandwidth: the round's 2 MB hold it beside the proof. */
const downloadBytes = 1_200_000;
/** How long one download may take; what came by then is enough. */
const downloadMs = 2500;
/** A download that has brought nothing for so long, after a part of it came, has stopped. Milliseconds. */
const stoppedMs = 1200;

export interface Refinement {
  workload: Workload;
  line: Line;
  /** Modules that this mirror may be asked for. */
  mayAsk: (module: ModuleVersion) => boolean;
  /** Modules that samples are taken of. */
  modules: readonly ModuleVersion[];
  /** Modules whose zips this mirror itself is asked about; null: those that no other was asked about yet. */
  own: ProjectModule[] | null;
  /** So much of the deadline is left to the downloads: no more samples are taken then. Milliseconds. */
  downloadsMs: number;
}

/** Measures a mirror that has proven itself: zip sizes and response times first, one download after. */
export async function refine(mirror: ProvenMirror, samples: Samples, plan: Refinement): Promise<void> {
  try {
    await plan.line.quietly(() => sample(mirror, samples, plan));
    if (mirror.client.left().requests < 1 || mirror.client.deadline.remainingMs() === 0) return;
    samples.bandwidth = await measure(mirror, samples, plan);
  } catch (error) {
    // The verdict stands; what is missing makes the estimate less certain.
    if (!(error instanceof NetworkFailure)) throw error;
    mirror.probe.cutShort = true;
  }
}

/** Small files first, as proof has left few samples of them; then the sizes of zips, whose HEADs are samples too. */
async function sample({ client, probe }: ProvenMirror, samples: Samples, plan: Refinement): Promise<void> {
  const { workload, mayAsk, modules, own, downloadsMs } = plan;
  const answersHead = client.requests[0]?.status !== null;
  for (let turn = 0; client.left().requests > 2 && client.deadline.remainingMs() > downloadsMs; turn++) {
    const unsized = turn < 2 || !answersHead ? undefined : (own?.shift() ?? workload.sizes.take(mayAsk));
    if (unsized) {
      const status = await askSize(client, samples, plan, unsized);
      if (refuses(status)) probe.refusedZips = [...(probe.refusedZips ?? []), unsized];
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
  { workload: { sizes }, own }: Refinement,
  module: ProjectModule,
): Promise<number> {
  const { status, headers, totalMs } = await client.ask('HEAD', versionFile(module.path, module.version, 'zip').path);
  const bytes = Number(headers['content-length']);
  const ranges = { bytes: true, none: false }[headers['accept-ranges'] ?? ''] ?? null;
  if (status === 200 && bytes > 0) sizes.learn(module, bytes, ranges);
  else if (!own) sizes.giveBack(module);
  if (status === 200) samples.zip.push(totalMs);
  return status;
}

/** Not where it only does not know HEAD, or is asked too often. */
const refuses = (status: number): boolean => status >= 400 && ![405, 429, 501].includes(status);

/**
 * Downloads for the bandwidth, and sees whether a large body comes whole: the proof's files are small, and some servers break off
 * behind their first buffers. One break may be chance: a body that breaks off or stops twice is the mirror's way. The second time is
 * behind all other downloads, where there is time to wait for what stops.
 */
async function measure(mirror: ProvenMirror, samples: Samples, plan: Refinement): Promise<Bandwidth | null> {
  const { probe, target } = mirror;
  const rank = (target.counts ? 0 : 1e6) + (samples.mod[0] ?? 1e5);
  const first = await plan.line.alone(rank, waiting =>
    download(mirror, plan, { shares: waiting + 1.5, quietMs: stoppedMs / 4 }),
  );
  const again = first?.fault && endsEarly(first.fault);
  const last = again
    ? await plan.line.alone(1e9, () => download(mirror, plan, { shares: 1.1, quietMs: stoppedMs }))
    : first;
  if (!last?.fault) return last?.bandwidth ?? first?.bandwidth ?? null;
  Object.assign(probe, last.fault, { status: 'fail', failedZip: last.module } satisfies Partial<MirrorProbe>);
  if (!again) probe.content.verified = false;
  return null;
}

/** Of a project it is known which hash it must have. */
type Zip = ModuleVersion & { zipHash?: string | null };

interface Downloaded {
  module: Zip;
  bandwidth: Bandwidth | null;
  fault: Fault | null;
}

const endsEarly = ({ cause }: Fault): boolean => cause === 'truncated-download' || cause === 'stalled';

/**
 * Downloads one zip, or the beginning of one, of the size that says most within the manners, in a share of the time that is left. Null
 * where there is none. A body that has brought nothing for `quietMs` when its time is over has stopped.
 */
async function download(
  { client }: ProvenMirror,
  plan: Refinement,
  { shares, quietMs }: { shares: number; quietMs: number },
): Promise<Downloaded | null> {
  const cutAfterMs = Math.min(downloadMs, client.deadline.remainingMs() / shares);
  if (cutAfterMs < 50 || client.left().requests < 1) return null;
  const limit = Math.min(downloadBytes, client.left().bytes - 100_000);
  const chosen = plan.workload.sizes.downloadFor(limit, plan.mayAsk);
  const { module, ranged }: { module: Zip; ranged: boolean } = chosen ?? { module: largeModule, ranged: true };
  const { path } = versionFile(module.path, module.version, 'zip');
  const options: AskOptions = { cutAfterMs, maxBytes: limit, refuseLonger: true };
  if (ranged) options.headers = { range: `bytes=0-${limit - 1}` };
  try {
    const reply = await client.ask('GET', path, options);
    if (reply.status === 200 && reply.cut)
      plan.workload.sizes.learn(module, Number(reply.headers['content-length']), false);
    const bandwidth = reply.status === 200 || reply.status === 206 ? bandwidthOf(reply) : null;
    return { module, bandwidth, fault: stopped(reply, limit, quietMs) ?? (await wrongZip(reply, path, module)) };
  } catch (error) {
    if (!(error instanceof NetworkFailure) || error.cause !== 'truncated-download') throw error;
    return { module, bandwidth: null, fault: faultOf(error) };
  }
}

/** A body that began, and then brought nothing until its time was over. */
function stopped(reply: Reply, limit: number, quietMs: number): Fault | null {
  const last = reply.arrivals.at(-1);
  if (!reply.cut || !last || last.bytes >= limit || reply.totalMs - last.atMs < quietMs) return null;
  return faultOf(stalled(authorityOf(hostAndPort(reply.url)), last.bytes));
}

/** A zip that came whole and is not the one of go.sum. */
async function wrongZip(reply: Reply, path: string, { zipHash }: Zip): Promise<Fault | null> {
  if (reply.status !== 200 || reply.cut || !zipHash) return null;
  return hashFault(reply, { path, kind: 'zip', hash: zipHash, source: 'go.sum' });
}
