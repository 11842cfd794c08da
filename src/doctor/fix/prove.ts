import type { Wanted } from '../../changes/plan.ts';
import { parseGoproxy } from '../../go/goproxy.ts';
import { matchingPattern } from '../../go/patterns.ts';
import { hasGatekeeper } from '../../mirrors/gatekeepers.ts';
import type { Context } from '../../system/context.ts';
import type { Deadline } from '../../system/network/deadline.ts';
import type { DoctorFacts, Need } from '../facts.ts';
import { sortNeeds, type TrialSet, together } from '../gather/trial-sets.ts';
import { allCame, runTrials } from '../gather/trials.ts';
import { settingsAfter } from './effective.ts';

/** Settings that decide what goes to its origin, and how. */
const ofOrigins = new Set(['GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOVCS']);
const most = 3;

/**
 * A real download of a few modules with exactly these settings. `works`: what goes through the proxies came, which is what a
 * candidate is about; `proven`: all that was tried came.
 */
export async function tryCandidate(
  context: Context,
  facts: DoctorFacts,
  wanted: Wanted,
  { folder, settingsFile, deadline }: { folder: string; settingsFile: string; deadline: Deadline },
): Promise<{ works: boolean; proven: boolean }> {
  const settings = settingsAfter(facts.settings, wanted);
  const goproxy = parseGoproxy(settings.values.GOPROXY.value);
  const needs = facts.needs
    .filter(({ cached }) => !cached)
    .map(need => ({ ...need, direct: matchingPattern(settings.values.GONOPROXY.value, need.path) }));
  const sorted = sortNeeds(needs, { settings, goproxy, known: facts.known });
  const proxied = asTried(sorted.proxied, facts);
  const touched = [...wanted.keys()].some(key => ofOrigins.has(key))
    ? [...sorted.origins.map(alone), ...sorted.apart]
    : [];
  // An origin that go would not come to with the settings in effect is asked when they are others, not before.
  const others = together(touched.filter(set => staysOnTheWay(set, facts)).slice(0, most));
  if (proxied.length === 0 && others.length === 0) return { works: false, proven: false };
  const options = { folder, sums: facts.files?.sums ?? [], deadline, variables: { GOENV: settingsFile } };
  const sets = [{ needs: proxied, variables: {} }, ...others];
  const trials = await runTrials(context, facts.go.toolchain!, sets, options);
  const throughProxies = trials.filter(({ need }) => proxied.includes(need));
  const came = allCame(trials);
  const proven = came && touched.every(set => staysOnTheWay(set, facts));
  return { works: throughProxies.length > 0 ? allCame(throughProxies) : came, proven };
}

/** Whether go comes to the origins of these modules also with the settings in effect. */
function staysOnTheWay({ needs }: TrialSet, { goproxy, settings, known, needs: now }: DoctorFacts): boolean {
  const comesThere = goproxy.ok && goproxy.entries.at(-1)?.kind === 'direct' && !hasGatekeeper({ settings, known });
  const goesThere = (need: Need): boolean => now.some(({ path, direct }) => path === need.path && direct !== null);
  return needs.every(need => need.direct === null || comesThere || goesThere(need));
}

const alone = (need: Need): TrialSet => ({ needs: [need], variables: {} });

/** Those that were tried in the run, else the first few. */
function asTried(needs: readonly Need[], { trials }: DoctorFacts): Need[] {
  const before = new Set(trials.map(({ need }) => `${need.path}@${need.version}`));
  const again = needs.filter(({ path, version }) => before.has(`${path}@${version}`));
  return (again.length > 0 ? again : needs).slice(0, most);
}
