import { type FileHandle, open } from 'node:fs/promises';

/** Bytes that can be read at any place: a zip's list of files stands at its end. */
export interface Source {
  readonly size: number;
  /** As many bytes as asked for, fewer where the source ends before. */
  read(position: number, length: number): Promise<Buffer>;
}

/** Bytes in memory. */
export function memorySource(bytes: Buffer): Source {
  return {
    size: bytes.length,
    read: async (position, length) => (position < 0 ? Buffer.alloc(0) : bytes.subarray(position, position + length)),
  };
}

/** An open file of `size` bytes. Reading throws the system's error. */
export function fileSource(file: FileHandle, size: number): Source {
  return {
    size,
    async read(position, length) {
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - position)));
      const { bytesRead } = position < 0 ? { bytesRead: 0 } : await file.read(bytes, 0, bytes.length, position);
      return bytes.subarray(0, bytesRead);
    },
  };
}

/** A file on disk, open as long as `use` takes. Throws the system's error where it can't be read. */
export async function withFile<T>(path: string, use: (source: Source) => Promise<T>): Promise<T> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return await use(fileSource(file, size));
  } finally {
    await file.close();
  }
}
