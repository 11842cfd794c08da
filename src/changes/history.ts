import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../system/context.ts';
import { CliError } from '../system/errors.ts';
import { ownFolder } from '../system/folders.ts';
import { rememberSecrets } from '../system/secrets.ts';
import type { Change } from './plan.ts';
import type { Snapshot } from './target.ts';

/** A snapshot as it is kept: exact bytes, in base64. May hold passwords, so its file is 0600. */
export interface KeptSnapshot {
  exists: boolean;
  base64: string;
  mode: number | null;
}

/** One change that took place. */
export interface HistoryEntry {
  version: 1;
  /** Counts up from 1. */
  id: number;
  /** When, in UTC (ISO 8601). */
  time: string;
  /** `use goproxy.cn`: what was asked. */
  command: string;
  /** The file that was changed, symlinks followed. */
  file: string;
  changes: Change[];
  /** Keys that go-mirror chose by itself. */
  automatic: readonly string[];
  /** The entry that an undo took back, or null. */
  undoes: number | null;
  before: KeptSnapshot;
  after: KeptSnapshot;
}

/** The folder of go-mirror's own state. Throws `error.no-home` where there is no place for it. */
export function stateFolder(context: Context): string {
  const folder = ownFolder(context, 'state');
  if (!folder) throw new CliError('error.no-home');
  return folder;
}

/** Where an entry is kept. */
export const entryFile = (folder: string, id: number): string =>
  join(folder, 'history', `${String(id).padStart(6, '0')}.json`);

/** The ids of all entries, the newest first. */
export async function historyIds(folder: string): Promise<number[]> {
  const names = await readdir(join(folder, 'history')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const ids = names.flatMap(name => /^(\d+)\.json$/.exec(name)?.[1] ?? []).map(Number);
  return ids.sort((a, b) => b - a);
}

/** Every entry, the newest first, read as far as they are asked for. Throws `changes.bad-history` for a damaged one. */
export async function* readHistory(folder: string): AsyncGenerator<HistoryEntry> {
  for (const id of await historyIds(folder)) yield await readEntry(entryFile(folder, id));
}

/** Reads one entry, or the journal. */
export async function readEntry(file: string): Promise<HistoryEntry> {
  const text = await readFile(file, 'utf8');
  try {
    const entry = JSON.parse(text) as HistoryEntry;
    if (entry.version === 1 && Array.isArray(entry.changes) && entry.before && entry.after) {
      for (const { from, to } of entry.changes) for (const value of [from, to]) rememberSecrets(value ?? '');
      return entry;
    }
  } catch {
    // Worded below.
  }
  throw new CliError('changes.bad-history', { file });
}

/** The entries of a file that are still in force, the newest first: neither undone nor an undo. */
export async function* inForce(folder: string, file: string): AsyncGenerator<HistoryEntry> {
  const undone = new Set<number>();
  for await (const entry of readHistory(folder)) {
    if (entry.undoes !== null) undone.add(entry.undoes);
    else if (entry.file === file && !undone.has(entry.id)) yield entry;
  }
}

/**
 * What a key was before go-mirror chose its value by itself, by the last change in force that touched it. Undefined where it was
 * not go-mirror's choice, or nobody knows.
 */
export async function supersededChoice(folder: string, file: string, key: string): Promise<string | null | undefined> {
  try {
    for await (const { changes, automatic } of inForce(folder, file)) {
      const change = changes.find(changed => changed.key === key);
      if (change) return automatic.includes(key) ? change.from : undefined;
    }
  } catch {
    // A damaged history is reported where it is asked for.
  }
  return undefined;
}

export const keep = ({ exists, bytes, mode }: Snapshot): KeptSnapshot => ({
  exists,
  base64: bytes.toString('base64'),
  mode,
});

export const restored = ({ exists, base64, mode }: KeptSnapshot): Snapshot => ({
  exists,
  bytes: Buffer.from(base64, 'base64'),
  mode,
  owner: null,
});
