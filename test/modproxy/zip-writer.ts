import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip, with what is wrong with it. */
export interface MadeEntry {
  name: Buffer;
  content: Buffer;
  /** 0 stored, 8 deflated; any other is only written down. */
  method?: number;
  /** The checksum stands behind the content, with or without a signature. */
  descriptor?: 'signed' | 'plain';
  /** What is written as the checksum. */
  crc?: 'right' | 'zero' | 'wrong';
  /** Sizes and offset stand in a zip64 field; `short`: the field is too short for them. */
  zip64?: 'whole' | 'short';
  /** Added to the sizes that are written down. */
  sizeDelta?: number;
  compressedDelta?: number;
  /** Added to the offset that is written down. */
  offsetDelta?: number;
  /** Follows the deflated data, inside its compressed size. */
  junk?: Buffer;
  /** Stands before the entry and belongs to nobody. */
  gap?: Buffer;
  comment?: Buffer;
  /** It is in the directory alone, and points to the content of the first entry. */
  sharesFirst?: boolean;
  /** The name in the local header, where it differs. */
  localName?: Buffer;
}

/** A whole zip, with what is wrong with it. */
export interface MadeZip {
  entries: readonly MadeEntry[];
  /** Stands before the zip; `counted`: offsets count from the beginning of the file all the same. */
  prefix?: Buffer;
  counted?: boolean;
  comment?: Buffer;
  zip64?: boolean;
  countDelta?: number;
  sizeDelta?: number;
  /** Cut off at the end. */
  cut?: number;
}

const number = (bytes: number, value: number): Buffer => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
  return buffer.subarray(0, bytes);
};
const two = (value: number): Buffer => number(2, value);
const four = (value: number): Buffer => number(4, value);
const eight = (value: number): Buffer => number(8, value);

/** Writes a zip as told, well formed or not. */
export function writeZip({ entries, prefix = Buffer.alloc(0), ...zip }: MadeZip): Buffer {
  const parts: Buffer[] = [prefix];
  const directory: Buffer[] = [];
  let at = zip.counted ? prefix.length : 0;
  for (const entry of entries) {
    const { head, body, tail } = entryParts(entry);
    if (entry.sharesFirst) {
      directory.push(header(entry, body.length, 0));
      continue;
    }
    const gap = entry.gap ?? Buffer.alloc(0);
    parts.push(gap, head, body, tail);
    directory.push(header(entry, body.length, at + gap.length));
    at += gap.length + head.length + body.length + tail.length;
  }
  const list = Buffer.concat(directory);
  parts.push(list, end(zip, entries.length, list.length, at));
  const all = Buffer.concat(parts);
  return all.subarray(0, all.length - (zip.cut ?? 0));
}

function entryParts(entry: MadeEntry): { head: Buffer; body: Buffer; tail: Buffer } {
  const name = entry.localName ?? entry.name;
  const packed = entry.method === 8 ? deflateRawSync(entry.content) : entry.content;
  const body = Buffer.concat([packed, entry.junk ?? Buffer.alloc(0)]);
  const { crc, size } = written(entry);
  const sizes = [four(crc), four(body.length), four(size)];
  const head = [four(0x04034b50), two(20), two(flags(entry)), two(entry.method ?? 0), four(0), ...sizes];
  const signature = entry.descriptor === 'signed' ? [four(0x08074b50)] : [];
  return {
    head: Buffer.concat([...head, two(name.length), two(0), name]),
    body,
    tail: entry.descriptor ? Buffer.concat([...signature, ...sizes]) : Buffer.alloc(0),
  };
}

const flags = ({ descriptor }: MadeEntry): number => 0x800 | (descriptor ? 8 : 0);

function written({ content, crc, sizeDelta = 0 }: MadeEntry): { crc: number; size: number } {
  const sum = crc32(content);
  return { crc: crc === 'zero' ? 0 : crc === 'wrong' ? sum ^ 1 : sum, size: content.length + sizeDelta };
}

function header(entry: MadeEntry, packed: number, at: number): Buffer {
  const { crc, size } = written(entry);
  const numbers = [size, packed + (entry.compressedDelta ?? 0), at + (entry.offsetDelta ?? 0)];
  const large = Buffer.concat(numbers.map(eight));
  const field = entry.zip64 === 'short' ? large.subarray(0, 16) : large;
  // Another field comes first, that is none of ours.
  const extra = entry.zip64
    ? Buffer.concat([two(0xcafe), two(3), Buffer.from('abc'), two(1), two(field.length), field])
    : Buffer.alloc(0);
  const [sizeText, packedText, offsetText] = numbers.map(value => four(entry.zip64 ? 0xffffffff : value)) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  const comment = entry.comment ?? Buffer.alloc(0);
  return Buffer.concat([
    ...[four(0x02014b50), two(20), two(20), two(flags(entry)), two(entry.method ?? 0), four(0), four(crc)],
    ...[packedText, sizeText, two(entry.name.length), two(extra.length), two(comment.length), two(0), two(0), four(0)],
    ...[offsetText, entry.name, extra, comment],
  ]);
}

function end(zip: Omit<MadeZip, 'entries'>, entries: number, size: number, at: number): Buffer {
  const { comment = Buffer.alloc(0), zip64 = false, countDelta = 0, sizeDelta = 0 } = zip;
  const numbers = { count: entries + countDelta, size: size + sizeDelta };
  const record = [four(0x06064b50), eight(44), two(45), two(45), four(0), four(0)];
  const counts = [eight(numbers.count), eight(numbers.count), eight(numbers.size), eight(at)];
  const locator = [four(0x07064b50), four(0), eight(at + size), four(1)];
  const small = zip64
    ? [two(0xffff), two(0xffff), four(0xffffffff), four(0xffffffff)]
    : [two(numbers.count), two(numbers.count), four(numbers.size), four(at)];
  return Buffer.concat([
    ...(zip64 ? [...record, ...counts, ...locator] : []),
    ...[four(0x06054b50), two(0), two(0), ...small, two(comment.length), comment],
  ]);
}
