import type { ProbeTarget } from '../mirrors/probe-targets.ts';
import { type Fault, faultOf, isNotServed } from '../modproxy/fault.ts';
import { versionFile } from '../modproxy/proxy-file.ts';
import { authorityIn } from '../modproxy/proxy-url.ts';
import type { Network } from '../system/network/connection.ts';
import { type Deadline, sleep } from '../system/network/deadline.ts';
import { NetworkFailure } from '../system/network/failure.ts';
import { proveContent } from './content.ts';
import { proveDatabase } from './database.ts';
import { type Listing, readListing } from './freshness.ts';
import type { Gate } from './gate.ts';
import { type MirrorClient, openMirror } from './mirror-client.ts';
import { type ProofModule, pinnedModule } from './pinned.ts';
import type { ProofPlan } from './plan.ts';
import { emptyProbe, type MirrorProbe } from './result.ts';
import type { Samples } from './samples.ts';

/** What a mirror is probed under. */
export interface Round {
  plan: ProofPlan;
  deadline: Deadline;
  gate: Gate;
  maxRequests: number | undefined;
}

/** A mirror with its connection, after the proof. */
export interface ProvenMirror {
  target: ProbeTarget;
  probe: MirrorProbe;
  client: MirrorClient;
  /** The module that it was proven with; null where it serves none of those asked. */
  module: ProofModule | null;
  listing: Listing | null;
  /** The largest tree of the checksum database that it has shown a signature of, in whatever answer. */
  seenTreeSize: number | null;
  samples: Samples;
}

/** How long a HEAD may take before the GETs go on without it: some servers never answer one. */
const headMs = 2500;
/** How long the server is given to see that a connection is gone, before the next one. */
const closingMs = 100;

/** The proof of one mirror: stages, pinned files, checksum database, versions. Never throws for what the mirror does. */
export async function proveMirror(
  network: Network,
  target: ProbeTarget,
  { plan, deadline, gate, maxRequests }: Round,
): Promise<ProvenMirror> {
  const client = openMirror(network, target.url, deadline, maxRequests);
  const empty = emptyProbe(target);
  const proven: ProvenMirror = {
    target,
    probe: { ...empty, requests: client.requests },
    client,
    module: null,
    listing: null,
    seenTreeSize: null,
    samples: { info: [], mod: [], zip: [], bandwidth: null },
  };
  const fault = (await gate.run(() => unreachable(client, plan, deadline))) ?? (await proveOne(client, plan, proven));
  if (fault) Object.assign(proven.probe, fault, { status: 'fail' });
  else await proveRest(client, plan, proven);
  Object.assign(proven.probe, { phases: client.phases, tls: client.tls, protocol: client.protocol });
  proven.probe.target ||= authorityIn(target.url);
  return proven;
}

/** A HEAD, as `curl -I`: it opens the connection and is timed. That HEAD itself is refused says nothing. */
async function unreachable(client: MirrorClient, plan: ProofPlan, deadline: Deadline): Promise<Fault | null> {
  const { path, version } = plan.modules[0] ?? pinnedModule;
  const answerMs = Math.min(headMs, deadline.remainingMs() / 4);
  try {
    await client.ask('HEAD', versionFile(path, version, 'info').path, { answerMs });
    return null;
  } catch (error) {
    const conclusive = !(error instanceof NetworkFailure) || error.stage !== 'http' || error.cause === 'insecure-http';
    if (conclusive) return faultOf(error);
    await sleep(closingMs, deadline.signal);
    return null;
  }
}

async function proveOne(client: MirrorClient, plan: ProofPlan, proven: ProvenMirror): Promise<Fault | null> {
  let refused: Fault | null = null;
  for (const module of plan.modules) {
    // Enough is left for the checksum database behind it.
    if (client.left().requests < 5) break;
    const { fault, verified, right } = await proveContent(client, module, proven.samples);
    if (!fault) {
      proven.module ??= module;
      proven.probe.content.verified = verified;
      // A zip that was too large to be read whole proves nothing: the next one may.
      if (verified || client.deadline.signal.aborted) return null;
      continue;
    }
    if (right > 0 && module.source === 'go.sum') proven.probe.failedZip = module;
    if (right > 0 || !isNotServed(fault)) return fault;
    refused ??= fault;
  }
  if (proven.module) return null;
  if (!refused || !plan.mayServeNone || refused.cause !== 'mirror-not-found-404-410') return refused;
  Object.assign(proven.probe, refused, { status: 'degraded' });
  return null;
}

async function proveRest(client: MirrorClient, plan: ProofPlan, proven: ProvenMirror): Promise<void> {
  const { probe } = proven;
  if (plan.database) {
    const { detail, seenTreeSize, ...database } = await proveDatabase(client, plan.database, pinnedModule);
    probe.checksumDatabase = database;
    proven.seenTreeSize = seenTreeSize;
    if (database.cause === 'sumdb-bad-response')
      Object.assign(probe, { status: 'fail', cause: database.cause, reason: null, detail });
    else if (database.cause && probe.status === 'ok') {
      Object.assign(probe, { status: 'degraded', cause: database.cause, reason: null, detail });
    }
  }
  if (probe.status !== 'fail' && proven.module) proven.listing = await readListing(client, proven.module.path);
}
