import { authRulesOf } from '../go/auth-rules.ts';
import { parseGoproxy } from '../go/goproxy.ts';
import type { Settings } from '../go/settings.ts';
import type { ProbeTarget } from '../mirrors/probe-targets.ts';
import { mayHear } from '../mirrors/trust.ts';
import type { Project } from '../project/project.ts';
import type { Context } from '../system/context.ts';
import { type Network, readNetwork } from '../system/network/connection.ts';
import { type Deadline, startDeadline } from '../system/network/deadline.ts';
import { warmUp } from '../system/network/warm-up.ts';
import { estimate } from './estimate.ts';
import { probeFolder } from './file-mirror.ts';
import { compareFreshness } from './freshness.ts';
import { Gate } from './gate.ts';
import { Line } from './line.ts';
import { type ProvenMirror, proveMirror } from './mirror.ts';
import { planProof } from './plan.ts';
import { type Refinement, refine } from './refine.ts';
import { emptyProbe, type MirrorProbe } from './result.ts';
import { addScores } from './score.ts';
import { type Workload, workloadOf } from './workload.ts';

export interface ProbeOptions {
  /** Everything ends by then, whatever hangs. */
  deadlineMs: number;
  /** Proof by the modules of the project, estimate for its pull; without one the pinned module and a reference set. */
  project?: Project | null;
  /** The settings in effect: GOSUMDB names the checksum database, the patterns what is private, GOPROXY the route. */
  settings?: Settings | null;
  /** What was read of the machine already. */
  network?: Network;
  /** False: the proof only, no estimate. */
  refine?: boolean;
  /** Ask each mirror that counts about as many of the project's zips as the manners allow, and note which it refuses. */
  refusals?: boolean;
  /** What one mirror is asked at most. Default and highest: 20. */
  maxRequests?: number;
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
  const deadline = startDeadline(context.signal, options.deadlineMs);
  const rules = options.settings ? authRulesOf(options.settings) : undefined;
  const network = options.network ?? (await readNetwork(context, rules, deadline.signal));
  await warmUp(network, context.signal);
  const workload = workloadOf(context, options.project ?? null, options.settings ?? null);
  const line = new Line();
  const gate = new Gate();
  const proven: ProvenMirror[] = [];
  try {
    const probes = await Promise.all(
      targets.map(async target => {
        const result = await proveTarget(network, target, options, { deadline, gate });
        const probe = 'client' in result ? result.probe : result;
        options.onVerdict?.(probe);
        if (!('client' in result)) return probe;
        proven.push(result);
        const measures = options.refine !== false && result.module !== null && probe.status !== 'fail';
        if (measures) await refine(result, result.samples, refinementOf(target, options, workload, line));
        return probe;
      }),
    );
    for (const { probe, samples } of proven)
      Object.assign(probe, probe.status !== 'fail' && estimate(samples, workload));
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
  { settings = null, project = null, maxRequests }: ProbeOptions,
  shared: { deadline: Deadline; gate: Gate },
): Promise<ProvenMirror | MirrorProbe> {
  const plan = planProof(target, settings, project);
  const entry = parseGoproxy(target.url);
  if (!entry.ok || entry.entries[0]?.kind !== 'proxy') {
    return { ...emptyProbe(target), status: 'fail', cause: 'goproxy-malformed', target: target.url };
  }
  if (target.url.startsWith('file:')) return probeFolder(target, plan.modules, shared.deadline.signal);
  return proveMirror(network, target, { plan, maxRequests, ...shared });
}

function refinementOf(
  target: ProbeTarget,
  { settings = null, project = null, deadlineMs, refusals = false }: ProbeOptions,
  workload: Workload,
  line: Line,
): Refinement {
  const allowed = ({ path }: { path: string }): boolean => mayHear(target, settings, path);
  const modules = (project?.modules ?? []).filter(module => module.wantsZip && allowed(module));
  const own = refusals && target.counts ? workload.sizes.unknownOf(modules) : null;
  return { workload, line, mayAsk: allowed, modules, own, downloadsMs: 0.6 * deadlineMs };
}

function noteFreshness(proven: readonly ProvenMirror[]): void {
  const compared = compareFreshness(
    proven.map(({ listing, probe, seenTreeSize }) => ({
      listing,
      treeSize: probe.checksumDatabase.treeSize,
      seenTreeSize,
    })),
  );
  for (const [index, freshness] of compared.entries()) {
    const { probe } = proven[index]!;
    if (!freshness) continue;
    probe.freshness = freshness;
    if (probe.status === 'ok' && (freshness.behind > 0 || freshness.treeBehind > 0)) probe.status = 'degraded';
  }
}
