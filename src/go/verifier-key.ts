import { hasSpace } from '../system/go-text.ts';

/** The key that a checksum database signs with, as GOSUMDB writes it: `NAME+HASH+KEY`. */
export interface VerifierKey {
  name: string;
  /** The first four bytes of the hash of name and key: signatures say by it which key they are of. */
  hash: number;
  /** The Ed25519 public key, 32 bytes. */
  publicKey: Buffer;
}

/** Reads a verifier key, as `note.NewVerifier` (golang.org/x/mod/sumdb/note); a text says why it is refused, in its words. */
export function parseVerifierKey(text: string): VerifierKey | string {
  const malformed = 'malformed verifier id';
  const [, name, hash, encoded] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text) ?? [];
  const key = decodeBase64(encoded ?? '');
  if (!isVerifierName(name ?? '') || !/^[0-9a-fA-F]{8}$/.test(hash!) || !key?.length) return malformed;
  // Loaded where there is a key only.
  const { createHash } = process.getBuiltinModule('node:crypto');
  const digest = createHash('sha256').update(`${name}\n`).update(key).digest();
  if (digest.readUInt32BE(0) !== Number.parseInt(hash!, 16)) return 'invalid verifier hash';
  if (key[0] !== 1) return 'unknown verifier algorithm';
  return key.length === 33 ? { name: name!, hash: digest.readUInt32BE(0), publicKey: key.subarray(1) } : malformed;
}

/** What may sign: no empty name, none with a space or a plus (`isValidName`). */
export function isVerifierName(name: string): boolean {
  return name !== '' && !hasSpace(name) && !name.includes('+');
}

/** Null where `base64.StdEncoding` refuses it: other characters, a missing or superfluous `=`. */
export function decodeBase64(text: string): Buffer | null {
  const isSound = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
  return isSound ? Buffer.from(text, 'base64') : null;
}
