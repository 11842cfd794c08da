import { authorityOf, hostAndPort } from '../system/network/connection.ts';
import { NetworkFailure } from '../system/network/failure.ts';
import { untrusted } from '../system/text.ts';
import { hashGoMod, hashZip } from './dirhash.ts';
import { type MirrorClient, modulePath } from './mirror-client.ts';
import type { ProofModule } from './pinned.ts';
import { type Fault, type FileKind, faultOf, replyFault } from './verdict.ts';

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

/** Asks for the three files of a module, in go's order, and checks each. */
export async function proveContent(client: MirrorClient, module: ProofModule): Promise<ContentProof> {
  let right = 0;
  for (const kind of ['info', 'mod', 'zip'] as const) {
    if (client.left().requests < 1) break;
    try {
      const fault = await proveFile(client, module, kind);
      if (fault) return { fault, verified: false, right };
      right++;
    } catch (error) {
      const late = error instanceof NetworkFailure && client.deadline.signal.aborted;
      if (late && right > 0) return { fault: null, verified: null, right };
      return { fault: faultOf(error), verified: null, right };
    }
  }
  return { fault: null, verified: right === 3 ? true : null, right };
}

async function proveFile(client: MirrorClient, module: ProofModule, kind: FileKind & ('info' | 'mod' | 'zip')) {
  const path = modulePath(module.path, module.version, kind);
  const reply = await client.ask('GET', path, kind === 'zip' ? {} : { maxBytes: maxTextBytes });
  const fault = replyFault(reply, kind);
  if (fault) return fault;
  const target = authorityOf(hostAndPort(reply.url));
  if (kind === 'info') {
    const found = versionOf(reply.body);
    if (found === module.version) return null;
    const detail = untrusted(`${path}: version ${found ?? '?'} instead of ${module.version}`);
    return { cause: 'captive-or-html-response', target, detail } satisfies Fault;
  }
  if (reply.cut) return null;
  let hash: string;
  try {
    hash = kind === 'zip' ? hashZip(reply.body) : hashGoMod(reply.body);
  } catch (error) {
    const detail = untrusted(`${path}: zip: not a valid zip file (${error instanceof Error ? error.message : error})`);
    return { cause: 'truncated-download', target, detail } satisfies Fault;
  }
  const expected = kind === 'zip' ? module.zipHash : module.modHash;
  if (hash === expected) return null;
  const cause = module.source === 'pinned' ? 'checksum-mismatch-sumdb' : 'checksum-mismatch-gosum';
  return { cause, target, detail: `${path}: ${hash}, expected ${expected}` } satisfies Fault;
}

function versionOf(body: Buffer): string | null {
  const value: unknown = JSON.parse(body.toString('utf8'));
  const version = value && typeof value === 'object' && 'Version' in value ? value.Version : null;
  return typeof version === 'string' ? version : null;
}
