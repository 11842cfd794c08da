import type { Settings } from '../go/settings.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { offeredTargets } from '../mirrors/probe-targets.ts';
import type { MirrorProbe } from '../probe/result.ts';
import { causeInShort } from '../report/cause-in-short.ts';
import { canAsk, choose } from '../system/ask.ts';
import { CliError } from '../system/errors.ts';
import type { Invocation } from './command.ts';

/** A person waits for the list. */
const deadlineMs = 5000;

/** Asks a person, with the latency that each mirror has right now. Throws `use.usage` where nobody can be asked. */
export async function chooseMirror(
  invocation: Invocation,
  mirrors: readonly Mirror[],
  settings: Settings,
): Promise<string> {
  const { context, out, options, t } = invocation;
  if (out.options.json || !canAsk(context, options.input)) throw new CliError('use.usage');
  const probes = ranked(await probeOffered(invocation, mirrors, settings, deadlineMs));
  const width = Math.max(...probes.map(({ name }) => name.length));
  const answers = probes.map(probe => {
    const latency = `${Math.round(probe.phases.ttfbMs ?? 0)} ms`.padStart(8);
    const state = probe.status === 'fail' ? `✗ ${causeInShort(probe, t)}` : `${latency}  ${probe.score ?? 0}`;
    return { value: probe.name, name: `${probe.name.padEnd(width)}  ${state}` };
  });
  return choose(context, t('use.choose'), answers);
}

/** Probes the mirrors that are offered unasked. */
export async function probeOffered(
  { context, out, t }: Invocation,
  mirrors: readonly Mirror[],
  settings: Settings,
  deadline: number,
): Promise<MirrorProbe[]> {
  const { probeMirrors } = await import('../probe/mirrors.ts');
  const targets = offeredTargets(mirrors);
  out.note(t('use.probing', { count: targets.length }));
  return probeMirrors(context, targets, { deadlineMs: deadline, settings });
}

const ranked = (probes: readonly MirrorProbe[]): MirrorProbe[] =>
  [...probes].sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
