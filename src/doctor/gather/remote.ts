import { join } from 'node:path';
import { authRulesOf } from '../../go/auth-rules.ts';
import { hasOwnAddress } from '../../go/gosumdb.ts';
import type { ModuleVersion } from '../../go/mod-file.ts';
import { hasGatekeeper } from '../../mirrors/gatekeepers.ts';
import type { ProbeTarget } from '../../mirrors/probe-targets.ts';
import { probeMirrors } from '../../probe/mirrors.ts';
import type { MirrorProbe } from '../../probe/result.ts';
import type { Context } from '../../system/context.ts';
import { readNetwork } from '../../system/network/connection.ts';
import { type Deadline, startDeadline } from '../../system/network/deadline.ts';
import { putAside } from '../../trial/download.ts';
import type { Containment } from '../contain.ts';
import { databaseWay } from '../database-way.ts';
import type { DatabaseFacts, DoctorFacts, Trial } from '../facts.ts';
import { chooseSets } from './chosen-trials.ts';
import { gatherDatabase } from './database.ts';
import { tryHidden } from './hidden.ts';
import type { Base, Purpose } from './local.ts';
import { gatherNetwork } from './network.ts';
import { lookAtOrigin, type OriginLook, refineOrigin } from './origin.ts';
import { gatherToolchain } from './toolchain.ts';
import { sortNeeds } from './trial-sets.ts';
import { runTrials } from './trials.ts';
import { firstVerdicts } from './verdicts.ts';

interface RemoteOptions {
  targets: readonly ProbeTarget[];
  scratch: string | null;
  contain: Containment;
  deadline: Deadline;
}

type Remote = Pick<DoctorFacts, 'mirrors' | 'database' | 'toolchain' | 'network' | 'trials' | 'fileWorks'>;

/** The mirrors' numbers are handed over a little before the end, so that nothing is lost. */
const handOverMs = 150;

/** So many modules that a mirror refused are tried, where so much time is left; milliseconds. */
const mostSuspects = 3;
const leastTrialMs = 1000;

/** What only the network can tell, all at the same time: the mirrors, the checksum database, a real download. */
export async function gatherRemote(
  context: Context,
  facts: Base & Purpose,
  { targets, scratch, contain, deadline }: RemoteOptions,
): Promise<Remote> {
  const { settings, go, gosumdb, goproxy } = facts;
  const network = await readNetwork(context, authRulesOf(settings), deadline.signal);
  const verdicts = firstVerdicts(targets.filter(({ inEffect }) => inEffect).map(({ url }) => url));
  const can = go.toolchain && scratch ? { toolchain: go.toolchain, scratch } : null;
  const [mirrors, database, toolchain, machine, trials, fileWorks] = await Promise.all([
    contain('mirrors', () => probe().finally(verdicts.end), []),
    contain('database', () => aheadOf(deadline, askDatabase), null),
    contain('toolchain', () => gatherToolchain(network, go, deadline), null),
    contain('network', () => gatherNetwork(context), { nameservers: [], online: null }),
    can ? contain('pull', () => tryPull(can), []) : [],
    can ? contain('hidden', () => tryHidden(context, facts, { scratch: can.scratch, deadline }), null) : null,
  ]);
  const suspects = can ? await contain('refused', () => trySuspects(can, mirrors, trials), []) : [];
  return { mirrors, database, toolchain, network: machine, trials: [...trials, ...suspects], fileWorks };

  function probe(): Promise<MirrorProbe[]> {
    return probeMirrors(context, targets, {
      deadlineMs: deadline.remainingMs() - handOverMs,
      settings,
      network,
      project: facts.files,
      refusals: true,
      onVerdict: verdicts.note,
    });
  }

  /** Behind a gatekeeper the database's own host is asked only where go would come there too. */
  async function askDatabase(part: Deadline): Promise<DatabaseFacts | null> {
    if (hasOwnAddress(gosumdb) || !hasGatekeeper(facts)) return gatherDatabase(network, gosumdb, part);
    const found = await verdicts.all;
    return databaseWay(goproxy, url => found.get(url)).kind === 'own' ? gatherDatabase(network, gosumdb, part) : null;
  }

  async function tryPull({ toolchain, scratch: folder }: NonNullable<typeof can>): Promise<Trial[]> {
    const missing = facts.needs.filter(({ cached }) => !cached);
    // A broken list is judged by itself; the origins do not depend on it.
    const sorted = sortNeeds(missing, facts);
    const entry = goproxy.ok ? goproxy.entries[0]! : null;
    const toOrigins = sorted.apart.filter(({ needs }) => needs.every(({ direct }) => direct !== null));
    const usable = goproxy.ok ? sorted : { ...sorted, proxied: [], apart: toOrigins };
    const sets = await chooseSets(network, usable, { firstMirror: entry?.url ?? null, deadline });
    const atOrigin = sets.flatMap(({ needs }) => needs).filter(need => need.direct || entry?.kind === 'direct');
    const looks = new Map(atOrigin.map(({ path }) => [path, lookAhead(path)]));
    const options = { folder: join(folder, 'trial'), sums: facts.files?.sums ?? [], deadline, variables: putAside };
    const found = await runTrials(context, toolchain, sets, options);
    return Promise.all(
      found.map(trial => {
        const look = looks.get(trial.need.path);
        return look ? refineOrigin(context, network, { trial, look, deadline }) : trial;
      }),
    );
  }

  /** What a mirror refused to tell the size of, go shows by a real download: it may be there behind the next entry, or HEAD alone is refused. */
  async function trySuspects(
    { toolchain, scratch: folder }: NonNullable<typeof can>,
    probes: readonly MirrorProbe[],
    tried: readonly Trial[],
  ): Promise<Trial[]> {
    const refused = new Set(
      probes.filter(({ counts }) => counts).flatMap(({ refusedZips = [] }) => refusedZips.map(nameOf)),
    );
    const known = new Set(tried.map(({ need }) => nameOf(need)));
    const needs = facts.needs.filter(need => !need.cached && refused.has(nameOf(need)) && !known.has(nameOf(need)));
    if (needs.length === 0 || deadline.remainingMs() < leastTrialMs) return [];
    const options = { folder: join(folder, 'suspects'), sums: facts.files?.sums ?? [], deadline, variables: putAside };
    const sets = [{ needs: sortNeeds(needs, facts).proxied.slice(0, mostSuspects), variables: {} }];
    return runTrials(context, toolchain, sets, options);
  }

  /** Asked at the same time as go asks; most often go's own words are enough, and nobody waits for it. */
  function lookAhead(path: string): OriginLook {
    const look = lookAtOrigin(network, path, deadline);
    look.catch(() => {});
    return look;
  }
}

const nameOf = ({ path, version }: ModuleVersion): string => `${path}@${version}`;

/** What a part finds out by waiting is handed over a little before the end too. */
async function aheadOf<T>(deadline: Deadline, work: (part: Deadline) => Promise<T>): Promise<T> {
  const part = startDeadline(deadline.signal, deadline.remainingMs() - handOverMs);
  return work(part).finally(() => part.clear());
}
