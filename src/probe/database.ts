import type { Cause } from '../causes.ts';
import { escapePath, escapeVersion } from '../go/module-path.ts';
import { parseVerifierKey, type VerifierKey } from '../go/verifier-key.ts';
import { faultOf, replyFault } from '../modproxy/fault.ts';
import { readLookup, readTree } from '../modproxy/records.ts';
import type { Reply } from '../system/network/session.ts';
import { untrusted } from '../system/text.ts';
import type { MirrorClient } from './mirror-client.ts';
import type { ProofModule } from './pinned.ts';

/** A checksum database: its name, and the verifier key `NAME+HASH+KEY`. */
export interface Database {
  name: string;
  key: string;
}

export interface DatabaseProof {
  supported: boolean | null;
  verified: boolean | null;
  cause: Cause | null;
  /** Of the latest tree. */
  treeSize: number | null;
  /** The largest tree that it has shown a signature of, in whatever answer: an old `latest` beside it is a replay. */
  seenTreeSize: number | null;
  /** The server's words, or what did not verify; empty where all is well. */
  detail: string;
}

const untried: DatabaseProof = {
  supported: null,
  verified: null,
  cause: null,
  treeSize: null,
  seenTreeSize: null,
  detail: '',
};

/**
 * What a mirror's way to a checksum database is worth: `/supported`, then the record of a module whose hashes are known, then
 * the latest tree, each signed. `base` is the path below the mirror, empty where the database itself is probed.
 */
export async function proveDatabase(
  client: MirrorClient,
  database: Database,
  module: ProofModule,
  base = `sumdb/${database.name}/`,
): Promise<DatabaseProof> {
  const key = parseVerifierKey(database.key);
  if (typeof key === 'string' || client.left().requests < 3) return untried;
  if (base) {
    const supported = await attempt(client, `${base}supported`);
    if (supported.unreachable) return { ...untried, detail: supported.unreachable };
    if (supported.fault) return { ...untried, supported: false, detail: supported.fault };
  }
  const proof: DatabaseProof = { ...untried, supported: true };
  const lookup = await attempt(client, `${base}lookup/${escapePath(module.path)}@${escapeVersion(module.version)}`);
  if (lookup.unreachable && client.deadline.signal.aborted) return proof;
  const lookupFault = lookup.unreachable ?? lookup.fault;
  if (lookupFault) return { ...proof, verified: false, cause: 'sumdb-unreachable', detail: lookupFault };
  const record = readRecord(lookup.body, key, module);
  if ('wrong' in record) return { ...proof, verified: false, cause: 'sumdb-bad-response', detail: record.wrong };
  const latest = await attempt(client, `${base}latest`);
  if (latest.unreachable || latest.fault) return { ...proof, verified: true, seenTreeSize: record.treeSize };
  const size = readTree(latest.body, key)?.size;
  if (!size) {
    const detail = untrusted(`latest: not signed by ${key.name}`);
    return { ...proof, verified: false, cause: 'sumdb-bad-response', detail };
  }
  return { ...proof, verified: true, treeSize: size, seenTreeSize: Math.max(size, record.treeSize) };
}

interface Attempt {
  body: Buffer;
  fault: string | null;
  unreachable: string | null;
}

async function attempt(client: MirrorClient, path: string): Promise<Attempt> {
  let reply: Reply;
  try {
    reply = await client.ask('GET', path, { maxBytes: 100_000 });
  } catch (error) {
    return { body: Buffer.alloc(0), fault: null, unreachable: `${path}: ${faultOf(error).detail}` };
  }
  const fault = replyFault(reply, 'text');
  return { body: reply.body, fault: fault && `${path}: ${fault.detail}`, unreachable: null };
}

/** The record must be of the module asked, with the hashes that it is known to have. */
function readRecord(answer: Buffer, key: VerifierKey, module: ProofModule): { treeSize: number } | { wrong: string } {
  const record = readLookup(answer, key);
  if ('wrong' in record) return { wrong: `lookup: ${record.wrong}` };
  const expected = [
    `${module.path} ${module.version} ${module.zipHash}`,
    `${module.path} ${module.version}/go.mod ${module.modHash}`,
  ];
  const missing = expected.find(line => !record.lines.includes(line));
  if (!missing) return { treeSize: record.tree.size };
  return { wrong: untrusted(`lookup: no record "${missing}", but "${record.lines[0]}"`) };
}
