import type { Network } from '../../system/network/connection.ts';
import { type Deadline, startDeadline } from '../../system/network/deadline.ts';
import { zipSizes } from '../../trial/sizes.ts';
import type { Need } from '../facts.ts';
import type { Sorted, TrialSet } from './trial-sets.ts';

/** A zip up to here is downloaded for the proof. */
const smallBytes = 500_000;
/** How many modules are asked about their size, and how many are downloaded: with the probe, 20 requests a mirror. */
const asked = 5;
const tried = 3;

/** A few of what could be tried: of the modules that go through the proxies the small ones, of the others one for each host. */
export async function chooseSets(
  network: Network,
  { proxied, origins, apart }: Sorted,
  { firstMirror, deadline }: { firstMirror: string | null; deadline: Deadline },
): Promise<TrialSet[]> {
  const chosen = await chooseProxied(network, proxied, firstMirror, deadline);
  return [
    { needs: chosen, variables: {} },
    ...oneForEachHost(origins.map(need => ({ needs: [need], variables: {} }))),
    ...oneForEachHost(apart),
  ];
}

/** Those that the first mirror lacks, then the smallest. */
async function chooseProxied(
  network: Network,
  needs: readonly Need[],
  firstMirror: string | null,
  deadline: Deadline,
): Promise<Need[]> {
  const some = [...needs].sort((a, b) => Number(isSummed(a)) - Number(isSummed(b))).slice(0, asked);
  if (some.length <= 1 || firstMirror === null) return some.slice(0, tried);
  const short = startDeadline(deadline.signal, Math.min(1500, deadline.remainingMs() / 3));
  const released = some.filter(({ version }) => version.startsWith('v'));
  const sizes = await zipSizes(network, firstMirror, released, short).finally(() => short.clear());
  const known = some.map(need => {
    const size = sizes.get(need);
    const lacking = size?.status === 404 || size?.status === 410;
    return { need: { ...need, zipBytes: size?.bytes ?? null }, lacking };
  });
  const small = known.filter(({ need, lacking }) => lacking || (need.zipBytes ?? smallBytes) <= smallBytes);
  const chosen = small.sort(
    (a, b) => Number(b.lacking) - Number(a.lacking) || (a.need.zipBytes ?? 0) - (b.need.zipBytes ?? 0),
  );
  return (chosen.length > 0 ? chosen : known.slice(0, 1)).slice(0, tried).map(({ need }) => need);
}

const isSummed = ({ summed }: Need): boolean => summed.zip && summed.mod;

/** At most three, of different hosts: each by itself, so that one that hangs holds up no other. */
function oneForEachHost(sets: readonly TrialSet[]): TrialSet[] {
  const hosts = new Map(sets.map(set => [set.needs[0]!.path.split('/')[0]!, set]));
  return [...hosts.values()].slice(0, tried);
}
