import { knownDatabase } from '../go/gosumdb.ts';
import type { ProxyFile } from '../modproxy/proxy-file.ts';
import type { Fetcher } from './network/fetcher.ts';
import type { Outcome } from './outcome.ts';
import { openPool, type Pool, type Urgency } from './pool.ts';
import { type Race, type RaceTrack, startRace } from './race.ts';
import { openUpstream, type Upstream } from './upstream.ts';

/** The ways to checksum databases: through the proxies, and where none leads there, directly. */
export interface ChecksumDatabases {
  start(file: ProxyFile, urgency: Urgency): Race;
  /** The databases themselves, as far as they were needed. */
  upstreams(): Upstream[];
}

export function openChecksumDatabases(pools: readonly Pool[], fetcher: Fetcher, track: RaceTrack): ChecksumDatabases {
  const direct = new Map<string, Pool>();
  const support = new Map<string, Promise<Outcome>>();
  const directTo = (name: string): Pool => {
    const known =
      direct.get(name) ?? openPool(hostsOf(name).map((host, index) => databaseAt(host, name, index, fetcher)));
    direct.set(name, known);
    return known;
  };
  /** A gatekeeper that says it leads to the database is asked alone, as go does (modfetch/sumdb.go `initBase`). */
  const supportOf = (pool: Pool, name: string): Promise<Outcome> => {
    const key = `${pool.upstreams[0]!.index} ${name}`;
    const known = support.get(key) ?? askSupport(pool, name, track);
    support.set(key, known);
    return known;
  };
  return {
    upstreams: () => [...direct.values()].flatMap(pool => pool.upstreams),
    start(file, urgency) {
      let urgent = urgency;
      let current: Race | null = null;
      const name = file.database!;
      const run = (pool: Pool): Promise<Outcome> => {
        current = startRace(pool, file, urgent, track);
        return current.outcome;
      };
      const walk = async (): Promise<Outcome> => {
        const failures = [];
        for (const pool of pools) {
          const { gatekeeper, fallsBackOn } = pool.upstreams[0]!;
          if (gatekeeper) {
            const supported = await supportOf(pool, name);
            if (supported.kind === 'file') return run(pool);
            if (supported.kind !== 'not-found' && fallsBackOn !== 'any-error') return supported;
            continue;
          }
          const outcome = await run(pool);
          if (outcome.kind === 'file') return outcome;
          failures.push(...outcome.failures);
        }
        const outcome = await run(directTo(name));
        return outcome.kind === 'file' ? outcome : { ...outcome, failures: [...failures, ...outcome.failures] };
      };
      return {
        outcome: walk(),
        promote: () => {
          urgent = 'wanted';
          current?.promote();
        },
      };
    },
  };
}

/** Where a database answers itself; the alias first, as it is the one that mainland China reaches. */
function hostsOf(name: string): string[] {
  return name === knownDatabase.name ? [knownDatabase.alias, name] : [name];
}

function databaseAt(host: string, name: string, index: number, fetcher: Fetcher): Upstream {
  const url = new URL(`https://${host}`);
  return openUpstream({ name: host, url, gatekeeper: false, fallsBackOn: 'any-error' }, index, name, fetcher);
}

async function askSupport(pool: Pool, name: string, track: RaceTrack): Promise<Outcome> {
  const path = `sumdb/${name}/supported`;
  const file: ProxyFile = { path, kind: 'tree', module: '', version: '', database: name };
  const outcome = await startRace(pool, file, 'wanted', track).outcome;
  if (outcome.kind === 'file') await track.spool.release(outcome.body);
  return outcome;
}
