import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** What a path holds: bytes that can be read, nothing, something else (a folder, a pipe, a link to itself), or what this user may not read. */
export type Looked<T> = { kind: 'file'; value: T } | { kind: 'none' | 'other' | 'refused'; code: string };

/** No file that is read as text is longer: a larger one is not what its name says. */
const maxTextBytes = 64 * 1024 * 1024;

/**
 * Opens a path for reading and looks only into a regular file: a pipe or a device would make whoever reads it wait for ever. Never
 * throws for what is on the disk. `use` gets the open file and its size in bytes.
 */
export async function lookInto<T>(
  path: string,
  use: (file: FileHandle, bytes: number) => Promise<T>,
): Promise<Looked<T>> {
  let file: FileHandle | null = null;
  try {
    // Without waiting for the other end of a pipe.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const found = await file.stat();
    if (!found.isFile()) return { kind: 'other', code: found.isDirectory() ? 'EISDIR' : 'ENXIO' };
    return { kind: 'file', value: await use(file, found.size) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'none', code };
    return { kind: others.has(code) ? 'other' : 'refused', code };
  } finally {
    await file?.close();
  }
}

/** A folder, a socket, a loop of links, a name that no file can have, a text that is too long to be one. */
const others = new Set(['EISDIR', 'ELOOP', 'ENXIO', 'ENAMETOOLONG', 'EFBIG']);

/** The text of a regular file. */
export const lookAtText = (path: string): Promise<Looked<string>> =>
  lookInto(path, async (file, bytes) => {
    if (bytes > maxTextBytes) throw Object.assign(new Error(`${path}: too large`), { code: 'EFBIG' });
    return file.readFile('utf8');
  });

/** The text of a regular file; null where there is none that can be read. */
export async function readText(path: string): Promise<string | null> {
  const looked = await lookAtText(path);
  return looked.kind === 'file' ? looked.value : null;
}
