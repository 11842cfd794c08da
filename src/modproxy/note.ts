import { isUtf8 } from 'node:buffer';
import { createPublicKey, verify } from 'node:crypto';
import { decodeBase64, isVerifierName, type VerifierKey } from '../go/verifier-key.ts';

/** What stands before 32 bytes of an Ed25519 key in DER. */
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const mostSignatures = 100;

/**
 * The text of a signed note, its last newline included, where it is signed by this key; null else. As `note.Open`
 * (golang.org/x/mod/sumdb/note): signatures by other keys are left alone, but must be well formed.
 */
export function openNote(note: Buffer, key: VerifierKey): string | null {
  const whole = note.toString('utf8');
  const split = whole.lastIndexOf('\n\n');
  if (!isUtf8(note) || /[^\n\u0020-\u{10ffff}]/u.test(whole) || split < 0) return null;
  const text = whole.slice(0, split + 1);
  const lines = whole.slice(split + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0 || lines.length > mostSignatures) return null;
  const signatures = lines.map(parseSignature);
  const own = signatures.find(each => each !== null && each.name === key.name && each.hash === key.hash);
  if (!own || signatures.includes(null)) return null;
  return isSignedBy(key, text, own.signature) ? text : null;
}

interface Signature {
  name: string;
  hash: number;
  signature: Buffer;
}

/** `— NAME BASE64`: the hash of the key, and the signature. */
function parseSignature(line: string): Signature | null {
  if (!line.startsWith('— ')) return null;
  const space = line.indexOf(' ', 2);
  const name = line.slice(2, space < 0 ? undefined : space);
  const bytes = decodeBase64(space < 0 ? '' : line.slice(space + 1));
  if (!isVerifierName(name) || !bytes || bytes.length < 5) return null;
  return { name, hash: bytes.readUInt32BE(0), signature: bytes.subarray(4) };
}

function isSignedBy({ publicKey }: VerifierKey, text: string, signature: Buffer): boolean {
  const key = createPublicKey({ key: Buffer.concat([derPrefix, publicKey]), format: 'der', type: 'spki' });
  return signature.length === 64 && verify(null, Buffer.from(text), key, signature);
}
