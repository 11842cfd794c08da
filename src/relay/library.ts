import type { ProxyFile } from '../modproxy/proxy-file.ts';
import type { Outcome } from './outcome.ts';
import type { Urgency } from './pool.ts';
import type { Race } from './race.ts';
import type { Spool } from './spool.ts';

/** The files of a run: each is fetched once, whether it was fetched ahead or go asked for it. */
export interface Library {
  /** Fetches a file ahead, unless that was done already. */
  fetchAhead(file: ProxyFile, urgency: Urgency): Promise<Outcome>;
  /** A file that go waits for. What it gets must be given back by `served`. */
  want(file: ProxyFile): Promise<Outcome>;
  /** Go has it, and keeps it in its own cache. */
  served(file: ProxyFile, outcome: Outcome): Promise<void>;
}

/** A failure of a file fetched ahead is told to go if it is not older than this; else the file is tried again. */
const freshFailureMs = 2000;

interface Entry {
  race: Race;
  failedAt: number | null;
}

export function openLibrary(start: (file: ProxyFile, urgency: Urgency) => Race, spool: Spool): Library {
  const entries = new Map<string, Entry>();
  const begin = (file: ProxyFile, urgency: Urgency): Entry => {
    const entry: Entry = { race: start(file, urgency), failedAt: null };
    entries.set(file.path, entry);
    entry.race.outcome.then(({ kind }) => {
      if (kind !== 'file') entry.failedAt = performance.now();
    });
    return entry;
  };
  return {
    fetchAhead: (file, urgency) => (entries.get(file.path) ?? begin(file, urgency)).race.outcome,
    async want(file) {
      let entry = entries.get(file.path);
      const stale = entry?.failedAt != null && performance.now() - entry.failedAt > freshFailureMs;
      if (!entry || stale) entry = begin(file, 'wanted');
      entry.race.promote();
      const outcome = await entry.race.outcome;
      if (outcome.kind !== 'file') entries.delete(file.path);
      return outcome;
    },
    async served(file, outcome) {
      if (entries.get(file.path)) entries.delete(file.path);
      if (outcome.kind === 'file') await spool.release(outcome.body);
    },
  };
}
