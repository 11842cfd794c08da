import { dirname } from 'node:path';
import { CliError } from './errors.ts';
import { isTemporary } from './files.ts';

const codes: Readonly<Record<string, string>> = {
  ENOSPC: 'file.disk-full',
  EDQUOT: 'file.disk-full',
  EROFS: 'file.read-only',
  EACCES: 'file.no-permission',
  EPERM: 'file.not-permitted',
  EISDIR: 'file.is-folder',
  ENOTDIR: 'file.not-a-folder',
  EEXIST: 'file.not-a-folder',
};

/** The error of a file operation in words that name the file that was to change, the place and the reason. Others pass as they are. */
export function worded(error: unknown, path: string): unknown {
  const { code, path: place, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof CliError || typeof code !== 'string' || syscall === undefined) return error;
  const args = { path, place: placeOf(place ?? dirname(path)), detail: code };
  return new CliError(codes[code] ?? 'file.error', args, 1);
}

/** A temporary file stands for the folder in which it could not be made. */
const placeOf = (place: string): string => (isTemporary(place) ? dirname(place) : place);

/** The same for what go says of a file that it cannot write. */
export function wordedGoRefusal(detail: string, path: string): CliError {
  const code = goSays.find(([pattern]) => pattern.test(detail))?.[1] ?? 'changes.go-refused';
  return new CliError(code, { path, place: dirname(path), detail }, code === 'changes.go-refused' ? 2 : 1);
}

const goSays: readonly [RegExp, string][] = [
  [/no space left|disk quota/i, 'file.disk-full'],
  [/read-only file system/i, 'file.read-only'],
  [/permission denied/i, 'file.no-permission'],
];
