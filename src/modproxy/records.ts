import { isUtf8 } from 'node:buffer';
import { decodeBase64, type VerifierKey } from '../go/verifier-key.ts';
import { openNote } from './note.ts';

/** The tree of a checksum database at one time. */
export interface Tree {
  /** How many records it holds. Exact up to 2^53. */
  size: number;
  /** Its hash, 32 bytes. */
  hash: Buffer;
}

/** A record of a checksum database, taken out of a signed answer. */
export interface LookedUp {
  id: number;
  text: string;
  /** Lines of go.sum: `PATH VERSION h1:...`. */
  lines: string[];
  /** The tree that was signed with the answer. That the record lies in it `isRecordIn` proves. */
  tree: Tree;
}

/**
 * Reads the answer of `/lookup/`; `wrong` says what is. A record of another module than the one asked for is the caller's to see:
 * go 1.18 to 1.24 take it silently.
 */
export function readLookup(answer: Buffer, key: VerifierKey): LookedUp | { wrong: string } {
  const record = parseRecord(answer);
  if (!record) return { wrong: 'malformed record data' };
  const tree = readTree(record.rest, key);
  if (!tree) return { wrong: `not signed by ${key.name}` };
  const { id, text } = record;
  if (id < 0 || id >= tree.size) return { wrong: `record ${id} is not in a tree of size ${tree.size}` };
  return { id, text, lines: text.trimEnd().split('\n'), tree };
}

/** The tree of a signed note, or null where it is not signed by this key or no tree. */
export function readTree(note: Buffer, key: VerifierKey): Tree | null {
  const text = openNote(note, key);
  return text === null ? null : parseTree(text);
}

/** Number, text and signed tree of a record, as `tlog.ParseRecord` (golang.org/x/mod/sumdb/tlog); null for what is none. */
export function parseRecord(message: Buffer): { id: number; text: string; rest: Buffer } | null {
  const first = message.indexOf('\n');
  const end = message.indexOf('\n\n', first + 1);
  if (first < 0 || end < 0) return null;
  const id = parseInt64(message.toString('latin1', 0, first));
  const bytes = message.subarray(first + 1, end + 1);
  const text = bytes.toString('utf8');
  if (id === null || !isUtf8(bytes) || /[^\n\u0020-\u{10ffff}]/u.test(text)) return null;
  return { id, text, rest: message.subarray(end + 2) };
}

/** As `tlog.ParseTree`: what else follows the three lines may be anything. Null for what is no tree. */
export function parseTree(text: string): Tree | null {
  const [title, size = '', hash = '', rest] = text.split('\n', 4);
  if (title !== 'go.sum database tree' || rest === undefined || Buffer.byteLength(text) > 1e6) return null;
  const bytes = decodeBase64(hash);
  const number = /^(?:0|[1-9]\d*)$/.test(size) ? parseInt64(size) : null;
  return number !== null && bytes?.length === 32 ? { size: number, hash: bytes } : null;
}

/** As `strconv.ParseInt` with base 10; beyond 2^53 the nearest number. */
function parseInt64(text: string): number | null {
  if (!/^[+-]?\d+$/.test(text)) return null;
  const value = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(64, value) === value ? Number(value) : null;
}
