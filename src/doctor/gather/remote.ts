import { join } from 'node:path';
import { probeMirrors } from '../../probe/mirrors.ts';
import type { Context } from '../../system/context.ts';
import { readNetwork } from '../../system/network/connection.ts';
import { type Deadline, startDeadline } from '../../system/network/deadline.ts';
import type { ExamineOptions } from '../examine.ts';
import type { DoctorFacts, Need, Trial } from '../facts.ts';
import type { Guard } from '../guard.ts';
import { originNeeds, proxiedNeeds } from '../judge.ts';
import { gatherDatabase } from './database.ts';
import { tryHidden } from './hidden.ts';
import type { Base, Purpose } from './local.ts';
import { gatherNetwork } from './network.ts';
import { lookAtOrigin, refineOrigin } from './origin.ts';
import { gatherToolchain } from './toolchain.ts';
import { chooseOrigins, chooseProxied, runTrials } from './trials.ts';

export interface RemoteOptions extends ExamineOptions {
  scratch: string | null;
  guard: Guard;
  deadline: Deadline;
}

/** What only the network can tell, all at the same time: the mirrors, the checksum database, a real download. */
export async function gatherRemote(
  context: Context,
  facts: Base & Purpose,
  { guard, deadline, scratch, targetsFor, onMirror }: RemoteOptions,
): Promise<
  Pick<DoctorFacts, 'mirrors' | 'own' | 'open' | 'database' | 'toolchain' | 'network' | 'trials' | 'fileWorks'>
> {
  const { settings, go, gosumdb, goproxy } = facts;
  const network = await readNetwork(context, settings.values.GOAUTH.value);
  const targets = targetsFor(settings);
  const [mirrors, database, toolchain, machine, trials, fileWorks] = await Promise.all([
    guard(
      'mirrors',
      () =>
        probeMirrors(context, targets, {
          deadlineMs: deadline.remainingMs() - handOverMs,
          settings,
          project: facts.files,
          ...(onMirror ? { onVerdict: onMirror } : {}),
        }),
      [],
    ),
    guard('database', () => aheadOf(deadline, part => gatherDatabase(network, gosumdb, part)), null),
    guard('toolchain', () => gatherToolchain(network, go, deadline), null),
    guard('network', () => gatherNetwork(context), { nameservers: [], online: null }),
    go.toolchain && scratch ? guard('pull', tryPull, []) : [],
    go.toolchain && scratch ? guard('hidden', () => tryHidden(context, facts, { scratch, deadline }), null) : null,
  ]);
  const own = new Set(
    targets.filter(({ inEffect, trust }) => inEffect && trust === 'gatekeeper').map(({ url }) => url),
  );
  const open = new Set(targets.filter(({ trust }) => trust === 'public').map(({ url }) => url));
  return { mirrors, own, open, database, toolchain, network: machine, trials, fileWorks };

  async function tryPull(): Promise<Trial[]> {
    const first = goproxy.ok ? (goproxy.entries[0]?.url ?? null) : null;
    const trusted = targets.some(({ url, trust }) => url === first && trust === 'gatekeeper');
    // A name that looks private is not told to a public mirror, also where go would: its origin is asked, to which go goes on.
    const proxied = proxiedNeeds(facts).filter(({ looksPrivate }) => trusted || !looksPrivate);
    const goesOn = goproxy.ok && goproxy.entries.some(({ kind }) => kind === 'direct');
    const kept = goesOn ? proxiedNeeds(facts).filter(({ looksPrivate }) => !trusted && looksPrivate) : [];
    const chosen = goproxy.ok ? await chooseProxied(network, proxied, first, deadline) : [];
    const origins = chooseOrigins([...originNeeds(facts), ...kept.map(need => ({ ...need, direct: need.path }))]);
    const options = { folder: join(scratch!, 'trial'), sums: facts.files?.sums ?? [], deadline };
    const withoutProxy = goproxy.ok && goproxy.entries[0]!.kind === 'direct';
    const looks = new Map(
      [...origins, ...(withoutProxy ? chosen : [])].map(({ path }) => [path, lookAtOrigin(network, path, deadline)]),
    );
    const isKept = ({ path }: Need): boolean => kept.some(need => need.path === path);
    const sets = origins.map(need => ({
      needs: [need],
      settings: isKept(need) ? { GONOPROXY: need.path, GONOSUMDB: need.path } : {},
    }));
    const trials = await runTrials(context, [{ needs: chosen }, ...sets], options);
    return Promise.all(
      trials.map(trial => {
        const look = looks.get(trial.need.path);
        return look ? refineOrigin(context, network, { trial, look, deadline }) : trial;
      }),
    );
  }
}

/** What a part finds out by waiting is handed over a little before the end too. */
async function aheadOf<T>(deadline: Deadline, work: (part: Deadline) => Promise<T>): Promise<T> {
  const part = startDeadline(deadline.signal, deadline.remainingMs() - handOverMs);
  return work(part).finally(() => part.clear());
}

/** The mirrors' numbers are handed over a little before the end, so that nothing is lost. */
const handOverMs = 150;
