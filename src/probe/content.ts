import type { Cause } from '../causes.ts';
import { versionIn } from '../modproxy/content.ts';
import { hashGoMod, hashZip } from '../modproxy/dirhash.ts';
import { type Fault, faultOf, replyFault } from '../modproxy/fault.ts';
import { versionFile } from '../modproxy/proxy-file.ts';
import { memorySource } from '../modproxy/source.ts';
import { authorityOf, hostAndPort } from '../system/network/address.ts';
import { NetworkFailure, wordsOf } from '../system/network/failure.ts';
import type { Reply } from '../system/network/session.ts';
import { untrusted } from '../system/text.ts';
import type { AskOptions, MirrorClient } from './mirror-client.ts';
import type { ProofModule } from './pinned.ts';
import type { Samples } from './samples.ts';

/** What a mirror did when asked for one module. */
export interface ContentProof {
  /** Null where it served all that was asked. */
  fault: Fault | null;
  /** True: .info, .mod and .zip are right. Null: the deadline or the byte limit ended it before, what came was right. */
  verified: boolean | null;
  /** How many of the three files were right. */
  right: number;
}

/** Go's own limit for .info and .mod is 16 MB; a proof module's are far smaller. */
const maxTextBytes = 200_000;
/** The rest of the round's bytes is for the bandwidth. */
const maxZipBytes = 500_000;
/** A zip of that size that unpacks to more takes too long to look at; go's own limit is 500 MB. */
const mostUnpacked = 64 * 1024 * 1024;

/** Asks for the three files of a module, in go's order, and checks each. */
export async function proveContent(client: MirrorClient, module: ProofModule, samples: Samples): Promise<ContentProof> {
  let right = 0;
  for (const kind of ['info', 'mod', 'zip'] as const) {
    if (client.left().requests < 1) break;
    if (kind === 'zip' && (module.zipBytes ?? 0) > maxZipBytes) break;
    try {
      const outcome = await proveFile(client, module, kind, samples);
      if (outcome === 'too-large') break;
      if (outcome) return { fault: outcome, verified: false, right };
      right++;
    } catch (error) {
      const late = error instanceof NetworkFailure && client.deadline.signal.aborted;
      if (late && right > 0) return { fault: null, verified: null, right };
      return { fault: faultOf(error), verified: null, right };
    }
  }
  return { fault: null, verified: right === 3 ? true : null, right };
}

async function proveFile(
  client: MirrorClient,
  module: ProofModule,
  kind: 'info' | 'mod' | 'zip',
  samples: Samples,
): Promise<Fault | 'too-large' | null> {
  const path = versionFile(module.path, module.version, kind).path;
  const reply = await client.ask('GET', path, kind === 'zip' ? bounded(module) : { maxBytes: maxTextBytes });
  if (reply.cut || isPart(reply)) return 'too-large';
  const fault = replyFault(reply.status === 206 ? { ...reply, status: 200 } : reply, kind, module.path);
  if (fault) return fault;
  samples[kind].push(kind === 'zip' ? reply.firstByteMs : reply.totalMs);
  if (kind === 'info') return versionFault(reply, module, path);
  return hashFault(reply, {
    kind,
    path,
    hash: kind === 'zip' ? module.zipHash : module.modHash,
    source: module.source,
  });
}

/** A zip of unknown size is asked for as a range, so that no server sends more than the round's manners allow. */
function bounded({ zipBytes }: ProofModule): AskOptions {
  return zipBytes === null
    ? { maxBytes: maxZipBytes, headers: { range: `bytes=0-${maxZipBytes - 1}` } }
    : { maxBytes: maxZipBytes };
}

function isPart({ status, headers, body }: Reply): boolean {
  return status === 206 && Number(headers['content-range']?.split('/')[1]) > body.length;
}

function versionFault(reply: Reply, { version }: ProofModule, path: string): Fault | null {
  const found = versionIn(reply.body.toString('utf8'));
  if (found === version) return null;
  return faultIn(reply, 'captive-or-html-response', `${path}: version ${found ?? '?'} instead of ${version}`);
}

/** What is wrong with a whole go.mod or zip (`path` below the mirror) beside the hash that it must have. */
export async function hashFault(
  reply: Reply,
  { path, kind, hash, source }: { path: string; kind: 'mod' | 'zip'; hash: string; source: ProofModule['source'] },
): Promise<Fault | null> {
  let found: string;
  try {
    found = kind === 'zip' ? await hashZip(memorySource(reply.body), mostUnpacked) : hashGoMod(reply.body);
  } catch (error) {
    return faultIn(reply, 'truncated-download', `${path}: zip: not a valid zip file (${wordsOf(error)})`);
  }
  if (found === hash) return null;
  const cause = source === 'pinned' ? 'checksum-mismatch-sumdb' : 'checksum-mismatch-gosum';
  return faultIn(reply, cause, `${path}: ${found}, expected ${hash}`);
}

const faultIn = ({ url }: Reply, cause: Cause, detail: string): Fault => ({
  cause,
  reason: null,
  target: authorityOf(hostAndPort(url)),
  detail: untrusted(detail),
});
