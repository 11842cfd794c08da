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
 * behind all other downloads, where there is time to wait for what stops; without that time the mirror is degraded by the one break.
 */
async function measure(mirror: ProvenMirror, samples: Samples, plan: Refinement): Promise<Bandwidth | null> {
  const { probe, target } = mirror;
  const rank = (target.counts ? 0 : 1e6) + (samples.mod[0] ?? 1e5);
  const first = await plan.line.alone(rank, async waiting => {
    // What is in effect is to be judged, the others are to choose from.
    const shares = (target.inEffect ? waiting / 2 : waiting) + 1.5;
    const begun = await download(mirror, plan, { shares, before: null });
    // A larger one that does not come in parts was cut off unread: another is chosen now that this is known.
    return begun?.bytes === 0 && !begun.fault ? download(mirror, plan, { shares, before: null }) : begun;
  });
  if (!first?.fault) return first?.bandwidth ?? null;
  if (!mayBeChance(first.fault)) return fails(probe, first, 'fail');
  const again = await plan.line.alone(1e9, () => download(mirror, plan, { shares: 1.1, before: first }));
  if (again?.fault) return fails(probe, again, 'fail');
  return again && again.bytes > first.bytes ? again.bandwidth : fails(probe, first, 'degraded');
}

function fails(probe: MirrorProbe, { fault, module }: Downloaded, status: 'fail' | 'degraded'): null {
  Object.assign(probe, fault, { status, failedZip: module } satisfies Partial<MirrorProbe>);
  if (fault && !mayBeChance(fault)) probe.content.verified = false;
  return null;
}

/** Of a project it is known which hash it must have. */
type Zip = ModuleVersion & { zipHash?: string | null };

interface Downloaded {
  module: Zip;
  bandwidth: Bandwidth | null;
  /** Bytes of the body that came. */
  bytes: number;
  fault: Fault | null;
}

/** Other bits than those of go.sum are none. */
const mayBeChance = ({ cause }: Fault): boolean => !cause.startsWith('checksum-mismatch');

/**
 * Downloads one zip, or the beginning of one, of the size that says most within the manners, in a share of the time that is left. Null
 * where there is none. `before`: the download before this one that ended early.
 */
async function download(
  { client }: ProvenMirror,
  plan: Refinement,
  { shares, before }: { shares: number; before: Downloaded | null },
): Promise<Downloaded | null> {
  const cutAfterMs = Math.min(downloadMs, client.deadline.remainingMs() / shares);
  if (cutAfterMs < 50 || client.left().requests < 1) return null;
  const limit = Math.min(downloadBytes, client.left().bytes - 100_000);
  const chosen = plan.workload.sizes.downloadFor(limit, plan.mayAsk);
  const { module, ranged }: { module: Zip; ranged: boolean } = chosen ?? { module: largeModule, ranged: true };
  const { path } = versionFile(module.path, module.version, 'zip');
  const options: AskOptions = { cutAfterMs, maxBytes: limit, refuseLonger: true };
  if (ranged) options.headers = { range: `bytes=0-${limit - 1}` };
  let reply: Reply;
  try {
    reply = await client.ask('GET', path, options);
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
    // What has given no answer by then is only slow.
    if (error.cause === 'stalled' || client.deadline.signal.aborted) throw error;
    return { module, bandwidth: null, bytes: 0, fault: faultOf(error) };
  }
  if (reply.status === 200 && reply.cut)
    plan.workload.sizes.learn(module, Number(reply.headers['content-length']), false);
  const bandwidth = reply.status === 200 || reply.status === 206 ? bandwidthOf(reply) : null;
  const bytes = reply.arrivals.at(-1)?.bytes ?? 0;
  const quietMs = before === null ? Math.min(stoppedMs / 4, cutAfterMs / 2) : quietAgainMs(before, bytes, client);
  const fault = stopped(reply, limit, quietMs) ?? (await wrongZip(reply, path, module));
  return { module, bandwidth, bytes, fault };
}

/** How long nothing must have come for the second time: less where it stopped at the very same byte, which no slow line does. */
function quietAgainMs(before: Downloaded, bytes: number, { phases }: MirrorClient): number {
  const isSamePlace = bytes === before.bytes;
  return isSamePlace ? Math.min(stoppedMs, Math.max(stoppedMs / 4, 3 * (phases.ttfbMs ?? 0))) : stoppedMs;
}

/** A body that began, and then brought nothing for the last `quietMs` until its time was over. */
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
