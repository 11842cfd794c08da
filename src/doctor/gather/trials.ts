import { join } from 'node:path';
import type { Context } from '../../system/context.ts';
import type { Network } from '../../system/network/connection.ts';
import { type Deadline, startDeadline } from '../../system/network/deadline.ts';
import type { Need, Trial } from '../facts.ts';
import { gatherSizes } from './sizes.ts';
import { type TrialOptions, tryNeeds } from './trial.ts';

/** A zip up to here is downloaded for the proof. */
const smallBytes = 500_000;
/** How many modules are asked about their size, and how many are downloaded: with the probe, 20 requests a mirror. */
const asked = 5;
const tried = 3;

/** Chooses a few of the modules that go through the proxies: those that the first mirror lacks, then the smallest. */
export async function chooseProxied(
  network: Network,
  needs: readonly Need[],
  firstMirror: string | null,
  deadline: Deadline,
): Promise<Need[]> {
  const some = [...needs].sort((a, b) => Number(summed(a)) - Number(summed(b))).slice(0, asked);
  if (some.length <= 1 || !firstMirror?.startsWith('http')) return some.slice(0, tried);
  const short = startDeadline(deadline.signal, Math.min(1500, deadline.remainingMs() / 3));
  const sizes = await gatherSizes(network, firstMirror, some, short).finally(() => short.clear());
  const known = some.map(need => {
    const size = sizes.get(need);
    return {
      need: { ...need, zipBytes: size?.bytes ?? null },
      lacking: size ? size.status === 404 || size.status === 410 : false,
    };
  });
  const small = known.filter(({ need, lacking }) => lacking || (need.zipBytes ?? smallBytes) <= smallBytes);
  const chosen = small.sort(
    (a, b) => Number(b.lacking) - Number(a.lacking) || (a.need.zipBytes ?? 0) - (b.need.zipBytes ?? 0),
  );
  const needed = chosen.length > 0 ? chosen : known.slice(0, 1);
  return needed.slice(0, tried).map(({ need }) => need);
}

const summed = (need: Need): boolean => need.summed.zip && need.summed.mod;

/** At most three modules that go to their origins, of different hosts: each by itself, so that one that hangs holds up no other. */
export function chooseOrigins(needs: readonly Need[]): Need[] {
  const hosts = new Map(needs.map(need => [need.path.split('/')[0]!, need]));
  return [...hosts.values()].slice(0, 3);
}

/** Modules to download together, and settings to do that with in place of those in effect. */
export interface TrialSet {
  needs: readonly Need[];
  settings?: TrialOptions['settings'];
}

/** One real download for each set, all at the same time. */
export async function runTrials(context: Context, sets: readonly TrialSet[], options: TrialOptions): Promise<Trial[]> {
  const trials = await Promise.all(
    sets.map(({ needs, settings = {} }, index) => {
      const own = { ...options, settings, folder: join(options.folder, String(index)) };
      return needs.length === 0 ? [] : tryNeeds(context, needs, own);
    }),
  );
  return trials.flat();
}
