/** One file inside a zip, as the directory at the end describes it. */
export interface ZipEntry {
  /** Each byte of the name as one character (latin1): names are sorted and hashed by their bytes, whatever they encode. */
  name: string;
  /** 0 stored, 8 deflated. */
  method: number;
  /** Whether its checksum stands once more behind the content. */
  hasDescriptor: boolean;
  crc: number;
  compressedSize: number;
  size: number;
  /** Where its local header begins, before the base offset of the zip is added. */
  offset: number;
}

export const headerSize = 46;
/** Of the header before the content of each entry, without name and extra fields. */
export const localHeaderSize = 30;
const signature = 0x02014b50;
const zip64 = 1;
const unknown = 0xffffffff;

/**
 * Reads one header of the directory, as `readDirectoryHeader` (archive/zip/reader.go). `end`: here is none, or not all of one,
 * which for Go ends the list; `eof`: the bytes end exactly here, which for Go is an error.
 */
export function readHeader(bytes: Buffer, at: number): { entry: ZipEntry; next: number } | 'end' | 'eof' {
  if (at >= bytes.length) return 'eof';
  if (at + headerSize > bytes.length || bytes.readUInt32LE(at) !== signature) return 'end';
  const nameEnd = at + headerSize + bytes.readUInt16LE(at + 28);
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
  const next = extraEnd + bytes.readUInt16LE(at + 32);
  if (next > bytes.length) return at + headerSize === bytes.length ? 'eof' : 'end';
  const entry: ZipEntry = {
    name: bytes.toString('latin1', at + headerSize, nameEnd),
    method: bytes.readUInt16LE(at + 10),
    hasDescriptor: (bytes.readUInt16LE(at + 8) & 8) !== 0,
    crc: bytes.readUInt32LE(at + 16),
    compressedSize: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    offset: bytes.readUInt32LE(at + 42),
  };
  const isSmall = entry.size !== unknown && entry.compressedSize !== unknown && entry.offset !== unknown;
  return isSmall || readLargeNumbers(entry, bytes.subarray(nameEnd, extraEnd)) ? { entry, next } : 'end';
}

/** What does not fit into 32 bits stands in an extra field (zip64). False where it is missing, but for the size, as in Go. */
function readLargeNumbers(entry: ZipEntry, extra: Buffer): boolean {
  const needed = new Set((['size', 'compressedSize', 'offset'] as const).filter(key => entry[key] === unknown));
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) break;
    let field = at + 4;
    for (const key of extra.readUInt16LE(at) === zip64 ? needed : []) {
      if (field + 8 > end) return false;
      entry[key] = Number(extra.readBigUInt64LE(field));
      needed.delete(key);
      field += 8;
    }
    at = end;
  }
  return !needed.has('compressedSize') && !needed.has('offset');
}
