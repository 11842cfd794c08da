import { parseGosumdb } from '../go/gosumdb.ts';
import type { Settings } from '../go/settings.ts';
import type { Project } from '../project/project.ts';
import type { Context } from '../system/context.ts';
import { type Network, readNetwork } from '../system/network/connection.ts';
import { type Deadline, startDeadline } from '../system/network/deadline.ts';
import type { Database } from './database.ts';
import { probeFolder } from './file-mirror.ts';
import { compareFreshness } from './freshness.ts';
import { type ProofPlan, type ProvenMirror, proveMirror } from './mirror.ts';
import { pinnedModule, sumGolangOrg } from './pinned.ts';
import { emptyProbe, type MirrorProbe, type ProbeTarget } from './result.ts';
import { addScores } from './score.ts';

export interface ProbeOptions {
  /** Everything ends by then, whatever hangs. */
  deadlineMs: number;
  /** Proof by the modules of the project, estimate for its pull; without one the pinned module and a reference set. */
  project?: Project | null;
  /** The settings in effect: GOSUMDB names the checksum database, the patterns what is private, GOPROXY the route. */
  settings?: Settings | null;
  /** False: the proof only, no estimate. */
  refine?: boolean;
  /** Called as soon as the verdict on a mirror is known. */
  onVerdict?: (probe: MirrorProbe) => void;
}

/**
 * Probes mirrors at the same time, one connection to each: verdict first, numbers for the score after. The results are in
 * the order of the targets. Never throws for what a mirror does; ends with the deadline.
 */
export async function probeMirrors(
  context: Context,
  targets: readonly ProbeTarget[],
  options: ProbeOptions,
): Promise<MirrorProbe[]> {
  const network = await readNetwork(context, { netrc: options.settings?.values.GOAUTH.value !== 'off' });
  const deadline = startDeadline(context.signal, options.deadlineMs);
  const proven: ProvenMirror[] = [];
  try {
    const probes = await Promise.all(
      targets.map(async target => {
        const result = await proveTarget(network, target, options, deadline);
        if ('client' in result) proven.push(result);
        const probe = 'client' in result ? result.probe : result;
        options.onVerdict?.(probe);
        return probe;
      }),
    );
    noteFreshness(proven);
    return addScores(probes);
  } finally {
    deadline.clear();
    await Promise.all(proven.map(({ client }) => client.close()));
  }
}

async function proveTarget(
  network: Network,
  target: ProbeTarget,
  options: ProbeOptions,
  deadline: Deadline,
): Promise<ProvenMirror | MirrorProbe> {
  const plan = planFor(target, options);
  if (!URL.canParse(target.url)) {
    return { ...emptyProbe(target), status: 'fail', cause: 'goproxy-malformed', target: target.url };
  }
  if (target.url.startsWith('file:')) return probeFolder(target, plan.modules);
  return proveMirror(network, target, plan, deadline);
}

function planFor(_target: ProbeTarget, { settings }: ProbeOptions): ProofPlan {
  return { modules: [pinnedModule], mayServeNone: false, database: databaseOf(settings ?? null) };
}

/** The database that go would verify with through a mirror; null where it would use none. */
function databaseOf(settings: Settings | null): Database | null {
  if (!settings) return sumGolangOrg;
  const parsed = parseGosumdb(settings.values.GOSUMDB.value);
  if (!parsed.ok) return sumGolangOrg;
  return parsed.kind === 'off' ? null : { name: parsed.name, key: parsed.key };
}

function noteFreshness(proven: readonly ProvenMirror[]): void {
  const compared = compareFreshness(
    proven.map(({ listing, probe }) => ({ listing, treeSize: probe.checksumDatabase.treeSize })),
  );
  for (const [index, freshness] of compared.entries()) {
    const { probe } = proven[index]!;
    if (!freshness) continue;
    probe.freshness = freshness;
    if (probe.status === 'ok' && (freshness.behind > 0 || freshness.treeBehind > 0)) probe.status = 'degraded';
  }
}
