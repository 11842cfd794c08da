import type { ProxyFile } from '../modproxy/proxy-file.ts';
import type { Client } from '../system/network/client.ts';
import type { Failure, Outcome } from './outcome.ts';
import { openPool, type Pool, type Urgency } from './pool.ts';
import { startRace } from './race/start.ts';
import type { Race, RaceTrack } from './race.ts';
import { openUpstream, type Upstream } from './upstream.ts';

/** The ways to checksum databases: through the proxies, and where none leads there, directly. */
interface ChecksumDatabases {
  start(file: ProxyFile, urgency: Urgency): Race;
  /** The databases themselves, as far as they were needed. */
  upstreams(): Upstream[];
}

/** Where a database is asked in this run, or why it can't be. */
type Way = { pool: Pool; failures: readonly Failure[] } | { refused: Outcome };

/**
 * Finds the way to each database once, as go does (modfetch/sumdb.go, `initBase`): the first tier that says it leads there is the
 * only one that is asked; 404 and 410 go on to the next, every error does before a `|`; behind the last the database itself.
 */
export function openChecksumDatabases(pools: readonly Pool[], client: Client, track: RaceTrack): ChecksumDatabases {
  const direct = new Map<string, Upstream>();
  const ways = new Map<string, Promise<Way>>();

  const find = async (name: string): Promise<Way> => {
    const failures: Failure[] = [];
    for (const { upstreams } of pools) {
      const found = await leading(upstreams, name, track);
      if ('leading' in found) return { pool: openPool(found.leading), failures };
      failures.push(...found.outcome.failures);
      const goesOn = found.outcome.kind !== 'file' && found.outcome.goesOn;
      if (!goesOn) return { refused: { ...found.outcome, failures } };
    }
    const spec = { name, url: `https://${name}`, trust: 'gatekeeper', fallsBackOn: null } as const;
    const database = direct.get(name) ?? openUpstream(spec, 0, name, client);
    direct.set(name, database);
    return { pool: openPool([database]), failures };
  };
  const wayTo = (name: string): Promise<Way> => {
    const known = ways.get(name) ?? find(name);
    ways.set(name, known);
    // A failure may pass; the next record looks for the way again.
    known.then(way => 'refused' in way && ways.delete(name));
    return known;
  };
  return {
    upstreams: () => [...direct.values()],
    start(file, urgency) {
      let urgent = urgency;
      let current: Race | null = null;
      const walk = async (): Promise<Outcome> => {
        const way = await wayTo(file.database!);
        if ('refused' in way) return way.refused;
        current = startRace(way.pool, file, urgent, track);
        const outcome = await current.outcome;
        return { ...outcome, failures: [...way.failures, ...outcome.failures] };
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

/**
 * Those of a tier that lead to a database: of public mirrors the first that says so, and all that have not denied it by then, since
 * any of them may stand in for the others.
 */
async function leading(
  upstreams: readonly Upstream[],
  name: string,
  track: RaceTrack,
): Promise<{ leading: Upstream[] } | { outcome: Outcome }> {
  const denials = new Map<Upstream, Outcome>();
  const asked = upstreams.map(async upstream => {
    const outcome = await askSupport(upstream, name, track);
    if (outcome.kind !== 'file') denials.set(upstream, outcome);
    return outcome.kind === 'file' ? upstream : Promise.reject(new Error('leads to no database'));
  });
  const first = await Promise.any(asked).catch(() => null);
  if (first) return { leading: upstreams.filter(upstream => !denials.has(upstream)) };
  const outcomes = upstreams.map(upstream => denials.get(upstream)!);
  const stopping = outcomes.find(outcome => outcome.kind !== 'file' && !outcome.goesOn) ?? outcomes[0]!;
  return { outcome: { ...stopping, failures: outcomes.flatMap(({ failures }) => failures) } };
}

async function askSupport(upstream: Upstream, name: string, track: RaceTrack): Promise<Outcome> {
  const path = `sumdb/${name}/supported`;
  const file: ProxyFile = { path, kind: 'tree', module: '', version: '', database: name };
  const outcome = await startRace(openPool([upstream]), file, 'wanted', track).outcome;
  if (outcome.kind === 'file') await track.spool.release(outcome.body);
  return outcome;
}
