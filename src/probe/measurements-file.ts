import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../system/context.ts';
import { writeWhole } from '../system/files.ts';
import { ownFolder } from '../system/folders.ts';
import { withLock } from '../system/lock.ts';
import { type Measurement, stillCounting } from './measurement.ts';

/** A thousand measurements take less than a third of it; what is larger is not ours. */
const mostBytes = 1_000_000;
/** A place in a URL is shorter. */
const longestPlace = 2000;
/** Nobody waits long for what is only a help. */
const waitMs = 2000;

/** What earlier runs of `use --fastest` measured and still counts, oldest first. Nothing where the file is missing or damaged. */
export async function readMeasurements(context: Context, nowMs: number): Promise<Measurement[]> {
  const folder = memoryFolder(context);
  return folder === null ? [] : stillCounting(await readFrom(fileIn(folder)), nowMs);
}

/**
 * Adds measurements to the file: one go-mirror at a time, the file replaced as a whole, 0600. What no longer
 * counts is dropped, as is a damaged file. Where the file cannot be written there is no memory, and no error.
 */
export async function keepMeasurements(
  context: Context,
  measured: readonly Measurement[],
  nowMs: number,
): Promise<void> {
  const folder = memoryFolder(context);
  if (folder === null) return;
  try {
    await withLock(
      context,
      folder,
      async () => {
        const all = stillCounting([...(await readFrom(fileIn(folder))), ...measured], nowMs);
        const measurements = all.map(({ atMs, ...rest }) => ({ time: new Date(atMs).toISOString(), ...rest }));
        await writeWhole(fileIn(folder), `${JSON.stringify({ version: 1, measurements }, null, 1)}\n`, 0o600);
      },
      { waitMs },
    );
  } catch {
    // The change that follows writes to the state folder too, and reports what is wrong with it.
  }
}

/** A folder of its own, so that its lock is held for milliseconds: the state folder's is held while another go-mirror changes settings. */
function memoryFolder(context: Context): string | null {
  const state = ownFolder(context, 'state');
  return state === null ? null : join(state, 'measurements');
}

const fileIn = (folder: string): string => join(folder, 'measurements.json');

async function readFrom(file: string): Promise<Measurement[]> {
  try {
    const { version, measurements } = JSON.parse(await smallFile(file)) as Record<string, unknown>;
    return version === 1 && Array.isArray(measurements) ? measurements.flatMap(item => parsed(item) ?? []) : [];
  } catch {
    return [];
  }
}

/** The text of a file. Throws for what is none, or is larger than ours ever is. */
async function smallFile(file: string): Promise<string> {
  // A pipe that nobody writes to would be waited for.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size > mostBytes) throw new Error('not ours');
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/** One entry of the file, or null where it is not as we write them. */
function parsed(item: unknown): Measurement | null {
  if (typeof item !== 'object' || item === null) return null;
  const { mirror, time, outcome, estimatedMs, uncertaintyMs } = item as Record<string, unknown>;
  if (typeof mirror !== 'string' || mirror === '' || mirror.length > longestPlace) return null;
  const atMs = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(atMs) || (outcome !== 'works' && outcome !== 'fails')) return null;
  if (estimatedMs === null && uncertaintyMs === null) return { mirror, atMs, outcome, estimatedMs, uncertaintyMs };
  if (outcome === 'fails' || !isDuration(estimatedMs, 1) || !isDuration(uncertaintyMs, 0)) return null;
  return { mirror, atMs, outcome, estimatedMs, uncertaintyMs };
}

/** Milliseconds, less than a year. */
const isDuration = (value: unknown, least: number): value is number =>
  typeof value === 'number' && value >= least && value < 3e10;
