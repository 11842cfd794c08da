import { readFile } from 'node:fs/promises';
import { authRulesOf } from '../go/auth-rules.ts';
import type { GoFacts } from '../go/facts.ts';
import { parseGosumdb } from '../go/gosumdb.ts';
import { mayHear } from '../mirrors/trust.ts';
import { bytesOf } from '../modproxy/body.ts';
import { type ProxyFile, parseProxyPath } from '../modproxy/proxy-file.ts';
import type { Context } from '../system/context.ts';
import { openClient } from '../system/network/client.ts';
import { readNetwork } from '../system/network/connection.ts';
import { openChecksumDatabases } from './checksum-database.ts';
import { openHasher } from './hasher.ts';
import { type Library, openLibrary } from './library.ts';
import { pathInModuleCache } from './module-cache.ts';
import type { Needs } from './needs.ts';
import type { Failure } from './outcome.ts';
import type { RelayPlan } from './plan.ts';
import { openPool } from './pool.ts';
import { openPrefetch } from './prefetch.ts';
import { startPulse } from './pulse.ts';
import type { RaceTrack } from './race.ts';
import { startServer } from './server.ts';
import { openSpool } from './spool.ts';
import { addedUp, countOne, type RelaySummary } from './summary.ts';
import { thrift } from './thrift.ts';
import { openUpstream } from './upstream.ts';
import { createVerifier } from './verify.ts';
import { startWalk, tiersOf } from './walk.ts';

/** A module proxy on loopback that lives as long as one command. */
export interface Relay {
  /** What lets go reach the relay: GOPROXY, and no sign of a web server, for which it would refuse HTTP_PROXY at any http URL. */
  variables: Readonly<Record<string, string>>;
  summary(): RelaySummary;
  /** What is going on, for a progress line. */
  state(): { zips: number; zipsDone: number; bytes: number; current: string[] };
  /** Why files could not be had that go asked for. */
  failures(): readonly Failure[];
  /** Go's messages with the first mirror's address in place of the relay's. */
  readable(messages: string): string;
  close(): Promise<void>;
}

export interface RelayOptions {
  plan: RelayPlan;
  facts: GoFacts;
  /** Variables that the command gets over its environment: GOPRIVATE, GONOPROXY, GOSUMDB. */
  variables: Readonly<Record<string, string>>;
  needs: Needs;
  /** Fetch everything needed at once, not only what the command turns out to ask for. */
  eager: boolean;
}

/** Starts the relay. It must be closed: then no port is open and no file is left. */
export async function openRelay(context: Context, options: RelayOptions): Promise<Relay> {
  const { plan, facts } = options;
  const setting = (name: 'GOSUMDB' | 'GOPRIVATE' | 'GONOPROXY' | 'GONOSUMDB'): string => {
    const { value, source } = facts.settings.values[name];
    const inherited = name.startsWith('GONO') && source === 'default' ? options.variables.GOPRIVATE : undefined;
    return options.variables[name] ?? inherited ?? value;
  };
  const startedAt = performance.now();
  const lifetime = new AbortController();
  const [network, spool] = await Promise.all([
    readNetwork(context, authRulesOf(facts.settings), lifetime.signal),
    openSpool(context),
  ]);
  const client = openClient(network, lifetime.signal);
  const pulse = startPulse();
  const upstreams = plan.upstreams.map((spec, index) => openUpstream(spec, index, null, client));
  const pools = tiersOf(upstreams).map(openPool);
  let failovers = 0;
  let modules = 0;
  const failures: Failure[] = [];
  const healed: RelaySummary['healed'] = {};
  const gosumdb = parseGosumdb(setting('GOSUMDB'));
  const track: RaceTrack = {
    spool,
    pulse,
    failedOver: () => {
      failovers += 1;
    },
    verify: (file, body, how) => verifier(file, body, how),
  };
  const databases = openChecksumDatabases(pools, client, track);
  const library = openLibrary(
    (file, urgency) =>
      file.database ? databases.start(file, urgency) : startWalk(pools, plan.end, file, urgency, track),
    spool,
  );
  const hasher = openHasher();
  const verifier = createVerifier({
    hashes: options.needs.hashes,
    gosumdb,
    noSumdb: setting('GONOSUMDB'),
    hashZip: hasher.zip,
    lookup: file => library.fetchAhead(file, 'wanted'),
    tile: path => readTile(facts.moduleCache, library, path),
  });
  // A name that looks private is told to no public mirror before go itself tells it.
  const publicOnes = plan.upstreams.some(({ trust }) => trust === 'public');
  const patterns = { values: { ...facts.settings.values } };
  for (const name of ['GOPRIVATE', 'GONOPROXY', 'GONOSUMDB'] as const) {
    patterns.values[name] = { ...patterns.values[name], value: setting(name) };
  }
  const mayFetchAhead = ({ module }: ProxyFile): boolean =>
    mayHear({ trust: publicOnes ? 'public' : 'gatekeeper', inEffect: true }, patterns, module);
  const prefetch = openPrefetch({
    library,
    spool,
    needs: options.needs,
    mayAsk: mayFetchAhead,
    moduleCache: facts.moduleCache,
    signal: lifetime.signal,
  });
  const all = (): typeof upstreams => [...upstreams, ...databases.upstreams()];
  let tickedAt = startedAt;
  const stopTicking = pulse.onTick(now => {
    thrift();
    for (const { health } of all()) health.tick(now - tickedAt);
    tickedAt = now;
  });
  const end = (): void => {
    stopTicking();
    lifetime.abort();
    pulse.stop();
    client.close();
    hasher.close();
    spool.close();
  };
  const server = await startServer({
    async want(file) {
      prefetch.asked(file);
      const outcome = await library.want(file);
      const isAnswered = outcome.kind === 'not-found' || (outcome.kind === 'file' && outcome.right);
      // Of a wrong hash go itself says which one it is compared with.
      const told = outcome.failures.filter(({ cause }) => cause !== 'checksum-mismatch-sumdb');
      if (!isAnswered) failures.push(...told);
      if (outcome.kind === 'file' && outcome.right)
        for (const { cause } of overcome(outcome.failures)) countOne(healed, cause);
      return outcome;
    },
    async served(file, outcome, complete) {
      if (!complete) return;
      if (file.kind === 'zip') modules += 1;
      await library.served(file, outcome);
    },
  }).catch(error => {
    end();
    throw error;
  });
  if (options.eager) void prefetch.startAll();
  return {
    // A comma: what makes go ask the origin is told by the answers, and a 404 is one of them.
    variables: {
      GOPROXY: plan.end ? `${server.url},${plan.end}` : server.url,
      ...(context.env.REQUEST_METHOD ? { REQUEST_METHOD: '' } : {}),
    },
    summary: () => ({
      modules,
      bytes: all().reduce((sum, { bytes }) => sum + bytes, 0),
      durationMs: Math.round(performance.now() - startedAt),
      upstreams: all().map(({ name, requests, bytes, failures: failed }) => ({
        name,
        requests,
        bytes,
        failures: failed,
      })),
      failovers,
      healed: addedUp([healed, ...all().map(({ resumed }) => resumed)]),
    }),
    state: () => ({
      zips: prefetch.zips,
      zipsDone: modules,
      bytes: upstreams.reduce((sum, { bytes }) => sum + bytes, 0),
      current: upstreams.filter(({ health }) => health.active > 0).map(({ name }) => name),
    }),
    failures: () => failures,
    readable: messages => messages.replaceAll(server.url, plan.upstreams[0]!.url.replace(/\/+$/, '')),
    async close() {
      end();
      await server.close();
    },
  };
}

/** A tile of a checksum database's tree, as go keeps it or as an upstream has it. */
async function readTile(moduleCache: string, library: Library, path: string): Promise<Buffer | null> {
  const file = parseProxyPath(path)!;
  const kept = await readFile(pathInModuleCache(moduleCache, file)).catch(() => null);
  if (kept) return kept;
  const outcome = await library.fetchAhead(file, 'wanted');
  return outcome.kind === 'file' ? bytesOf(outcome.body).catch(() => null) : null;
}

/** That one does not have a file is its answer, and no failure. */
function overcome(failures: readonly Failure[]): readonly Failure[] {
  return failures.filter(({ cause }) => cause !== 'mirror-not-found-404-410');
}
