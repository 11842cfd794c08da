import { readGoFacts } from '../go/facts.ts';
import { allMirrors } from '../mirrors/all.ts';
import {
  namedTargets,
  offeredTargets,
  type ProbeTarget,
  targetsInEffect,
  withoutRepeats,
} from '../mirrors/probe-targets.ts';
import { probeMirrors } from '../probe/mirrors.ts';
import type { MirrorProbe } from '../probe/result.ts';
import { combineRounds } from '../probe/rounds.ts';
import type { Project } from '../project/project.ts';
import { readProject } from '../project/read.ts';
import { mirrorJson, summarize } from '../report/json/mirrors.ts';
import { mirrorRemarks } from '../report/table/mirror-remarks.ts';
import { mirrorTable } from '../report/table/mirrors.ts';
import { CliError } from '../system/errors.ts';
import type { Command, Invocation } from './command.ts';
import { untilInterrupted } from './test-watch.ts';

export interface TestOptions {
  timeout?: number;
  repeat?: number;
  watch?: boolean;
  strict?: boolean;
}

type Call = Invocation<TestOptions>;

/** Seconds. */
const defaultTimeout = 10;

/** What is looked at in every round. */
interface Scene {
  targets: ProbeTarget[];
  inEffect: ReadonlySet<string>;
  project: Project | null;
  facts: Awaited<ReturnType<typeof readGoFacts>>;
}

/** Probes mirrors and shows the table of latency scores. */
export const test: Command<TestOptions> = async call => {
  const deadlineMs = (call.options.timeout ?? defaultTimeout) * 1000;
  const ends = performance.now() + deadlineMs;
  const scene = await look(call);
  if (scene.targets.length === 0) throw new CliError('probe.none', {}, 2);
  if (call.options.watch) {
    const drawn = (rounds: readonly MirrorProbe[][]): string => draw(call, scene, combineRounds(rounds));
    return untilInterrupted(call, drawn, () => round(call, scene, deadlineMs));
  }
  const rounds: MirrorProbe[][] = [];
  for (let left = call.options.repeat ?? 1; left > 0 && !call.context.signal.aborted; left--) {
    rounds.push(await round(call, scene, (ends - performance.now()) / left));
  }
  // What was cut off by Ctrl-C says nothing about a mirror.
  if (call.context.signal.aborted) return 130;
  const probes = combineRounds(rounds);
  const summary = summarize(probes);
  call.out.json('test', { summary, mirrors: probes.map(mirrorJson) });
  call.out.result(draw(call, scene, probes));
  for (const remark of mirrorRemarks(probes, call.t)) call.out.note(remark);
  return summary.fail > 0 || (call.options.strict && summary.warn > 0) ? 1 : 0;
};

async function look({ context, args, options }: Call): Promise<Scene> {
  const facts = await readGoFacts(context);
  const mirrors = await allMirrors(context, facts, options.catalogue);
  const effective = targetsInEffect(mirrors, facts.settings.values.GOPROXY.value);
  const inEffect = new Set(effective.map(({ url }) => url));
  const chosen = args.length > 0 ? namedTargets(mirrors, args) : [...effective, ...offeredTargets(mirrors)];
  // A mirror that is named by hand and in effect besides may hear what go tells it.
  const known = chosen.map(target => ({ ...target, inEffect: target.inEffect || inEffect.has(target.url) }));
  const project = await readProject(context, facts);
  return { targets: withoutRepeats(known), inEffect, project, facts };
}

async function round({ context, out, t }: Call, scene: Scene, deadlineMs: number): Promise<MirrorProbe[]> {
  const { targets, project, facts } = scene;
  let done = 0;
  const stop = await out.progress(() => t('probe.progress', { total: targets.length, done }));
  try {
    return await probeMirrors(context, targets, {
      deadlineMs,
      project,
      settings: facts.settings,
      onVerdict: () => {
        done++;
      },
    });
  } finally {
    stop();
  }
}

function draw({ t, out }: Call, { inEffect, project }: Scene, probes: readonly MirrorProbe[]): string {
  return mirrorTable(probes, { inEffect, ofProject: project !== null }, out.drawing(t));
}
