import { parseGoproxy } from '../go/goproxy.ts';
import type { Settings } from '../go/settings.ts';
import { mirrorOf } from '../mirrors/find.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { chooseFastest, type FastestChoice } from '../probe/choose-fastest.ts';
import { measurementOf } from '../probe/measurement.ts';
import { keepMeasurements, readMeasurements } from '../probe/measurements-file.ts';
import type { MirrorProbe } from '../probe/result.ts';
import { causeInShort } from '../report/cause-in-short.ts';
import { CliError } from '../system/errors.ts';
import { parseUrl } from '../system/network/go-url.ts';
import { probeOffered } from './choose-mirror.ts';
import type { Invocation } from './command.ts';

/** Long enough for a mirror at the other end of the world. */
const deadlineMs = 10_000;

export interface Fastest {
  name: string;
  /** It is in effect, so GOPROXY stays as it is. */
  isKept: boolean;
  /** Why, for --json: `gain` is a share of the pull time. */
  json: { why: FastestChoice['why']; other: string | null; gain: number | null };
}

/**
 * Measures the offered mirrors and says which to use: the one in effect, unless another is better beyond doubt. What was measured is
 * remembered for the next time, but for a dry run. Throws `use.none-works`, exit code 1.
 */
export async function fastestMirror(
  invocation: Invocation<{ dryRun?: boolean }>,
  mirrors: readonly Mirror[],
  settings: Settings,
): Promise<Fastest> {
  const { context, out, options } = invocation;
  const probes = await probeOffered(invocation, mirrors, settings, deadlineMs);
  const nowMs = Date.now();
  const candidates = probes.map(probe => ({ url: probe.url, measured: measurementOf(probe, nowMs) }));
  const earlier = await readMeasurements(context, nowMs);
  const choice = chooseFastest(candidates, earlier, urlInEffect(mirrors, settings.values.GOPROXY.value));
  // Where none works it is this machine's network that fails: that says nothing of a mirror, and is not remembered.
  if (!choice) throw new CliError('use.none-works', {}, 1);
  if (!options.dryRun) {
    const measured = candidates.map(candidate => candidate.measured);
    await keepMeasurements(context, measured, nowMs);
  }
  const named = (url: string): MirrorProbe => probes.find(probe => probe.url === url)!;
  const other = 'other' in choice ? named(choice.other) : null;
  const { name } = named(choice.url);
  out.note(reasonFor(choice, { name, other, count: probes.length }, invocation));
  return {
    name,
    isKept: choice.why.startsWith('kept-'),
    json: { why: choice.why, other: other?.name ?? null, gain: 'gain' in choice ? choice.gain : null },
  };
}

/** The URL of the known mirror that GOPROXY asks first, or null. With another login it is not the same. */
function urlInEffect(mirrors: readonly Mirror[], goproxy: string): string | null {
  const list = parseGoproxy(goproxy);
  const first = list.ok ? (list.entries[0]?.url ?? null) : null;
  const known = mirrorOf(mirrors, goproxy)?.url ?? null;
  return first !== null && known !== null && loginIn(first) === loginIn(known) ? known : null;
}

function loginIn(url: string): string | null {
  const parsed = parseUrl(url);
  return parsed.ok ? parsed.url.userInfo : null;
}

function reasonFor(
  choice: FastestChoice,
  { name, other, count }: { name: string; other: MirrorProbe | null; count: number },
  { t }: Pick<Invocation, 't'>,
): string {
  const otherName = other?.name ?? '';
  switch (choice.why) {
    case 'best':
      return t('use.fastest', { count, name });
    case 'fails':
      return t('use.fastest.fails', { name, other: otherName, cause: other ? causeInShort(other, t) : '' });
    case 'better':
      return t('use.fastest.better', { name, other: otherName, percent: Math.round(100 * choice.gain) });
    case 'kept-best':
      return t('use.fastest.kept-best', { name, count });
    case 'kept-small-gain':
      return t('use.fastest.kept-small-gain', { name, other: otherName, percent: Math.ceil(100 * choice.gain) });
    case 'kept-unsure':
      return t('use.fastest.kept-unsure', { name, other: otherName, percent: Math.round(100 * choice.gain) });
    case 'kept-unmeasured':
      return t('use.fastest.kept-unmeasured', { name });
  }
}
