import { constants } from 'node:fs';
import { access, lstat, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Settings } from '../go/settings.ts';
import type { Context } from '../system/context.ts';
import { CliError } from '../system/errors.ts';

/** A file as it was at one moment. */
export interface Snapshot {
  exists: boolean;
  /** Empty where there is no file. */
  bytes: Buffer;
  /** Permission bits, and who owns it; null where there is no file. */
  mode: number | null;
  owner: { uid: number; gid: number } | null;
}

/** The file that `go env -w` writes, symlinks followed. Refuses GOENV=off, no home folder, and what is no regular file. */
export async function settingsTarget(context: Context, { envFile }: Settings): Promise<string> {
  if (envFile.off) throw new CliError('changes.goenv-off');
  if (!envFile.path) throw new CliError('error.no-home');
  const target = await followed(resolve(context.cwd, envFile.path));
  const found = await stat(target).catch(() => null);
  if (found?.isDirectory()) throw new CliError('file.is-folder', { path: target }, 1);
  if (found && !found.isFile()) throw new CliError('file.not-a-file', { path: target }, 1);
  return target;
}

/** Reads a file with all that has to be kept of it. */
export async function snapshot(file: string): Promise<Snapshot> {
  try {
    const { mode, uid, gid } = await stat(file);
    return { exists: true, bytes: await readFile(file), mode: mode & 0o7777, owner: { uid, gid } };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { exists: false, bytes: Buffer.alloc(0), mode: null, owner: null };
  }
}

export const sameContent = (a: Pick<Snapshot, 'exists' | 'bytes'>, b: Pick<Snapshot, 'exists' | 'bytes'>): boolean =>
  a.exists === b.exists && a.bytes.equals(b.bytes);

/** A rename needs no right on the file itself, but a file that is read-only is so on purpose, and go would not write it. */
export async function assertWritable(file: string): Promise<void> {
  await access(file, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

/** Where a path leads through symlinks, also where the last one points to no file yet. */
async function followed(path: string, depth = 0): Promise<string> {
  const whole = await realpath(path).catch(() => null);
  if (whole || depth > 40) return whole ?? path;
  const link = (await lstat(path).catch(() => null))?.isSymbolicLink() ? await readlink(path) : null;
  if (link) return followed(resolve(dirname(path), link), depth + 1);
  const folder = await realpath(dirname(path)).catch(() => null);
  return folder ? join(folder, path.slice(dirname(path).length).replace(/^[\\/]+/, '')) : path;
}
