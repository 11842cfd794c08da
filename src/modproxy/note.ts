import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

/** A key that signed notes are verified with. */
export interface Verifier {
  name: string;
  keyHash: number;
  publicKey: KeyObject;
}

const ed25519 = 1;
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Reads `NAME+HASH+KEY` as `note.NewVerifier` (x/mod/sumdb/note); null where it is malformed. */
export function parseVerifier(text: string): Verifier | null {
  const match = text.match(/^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/i);
  if (!match) return null;
  const [, name, hash, encoded] = match;
  const key = Buffer.from(encoded!, 'base64');
  if (key[0] !== ed25519 || key.length !== 33 || keyHashOf(name!, key) !== Number.parseInt(hash!, 16)) return null;
  const publicKey = createPublicKey({ key: Buffer.concat([derPrefix, key.subarray(1)]), format: 'der', type: 'spki' });
  return { name: name!, keyHash: Number.parseInt(hash!, 16), publicKey };
}

function keyHashOf(name: string, key: Buffer): number {
  return createHash('sha256').update(`${name}\n`).update(key).digest().readUInt32BE(0);
}

/** The text of a signed note where the signature by this key is right, else null. As `note.Open`. */
export function openNote(note: string, verifier: Verifier): string | null {
  const split = note.lastIndexOf('\n\n');
  if (split < 0) return null;
  const text = note.slice(0, split + 1);
  for (const line of note.slice(split + 2).split('\n')) {
    const [, name, encoded] = line.match(/^\u2014 (\S+) (\S+)$/) ?? [];
    if (name !== verifier.name) continue;
    const signature = Buffer.from(encoded!, 'base64');
    if (signature.length < 5 || signature.readUInt32BE(0) !== verifier.keyHash) continue;
    return verify(null, Buffer.from(text), verifier.publicKey, signature.subarray(4)) ? text : null;
  }
  return null;
}

/** The size of a tree from the text of its note (x/mod/sumdb/tlog `ParseTree`), or null. */
export function treeSizeOf(text: string): number | null {
  const match = text.match(/^go\.sum database tree\n(\d{1,15})\n[A-Za-z0-9+/]{43}=\n/);
  return match ? Number(match[1]) : null;
}
