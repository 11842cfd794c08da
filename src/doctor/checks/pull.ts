import type { Check } from '../check.ts';
import type { DoctorFacts, Trial } from '../facts.ts';
import { type Finding, note, problem } from '../finding.ts';
import { authorityIn } from '../target.ts';

/** What a real `go mod download` of a few modules through the proxies said. */
export const pull: Check = {
  id: 'pull',
  group: 'content',
  applies: ({ trials }) => trials.some(({ need }) => !need.direct),
  run: facts => facts.trials.filter(({ need }) => !need.direct).flatMap(trial => judge(trial, facts)),
};

/** Causes that a setting alone explains: its own check names them, with the value. */
const ofSettings = new Set(['goproxy-malformed', 'goproxy-off', 'gosumdb-malformed', 'gopath-mode']);

function judge(trial: Trial, facts: DoctorFacts): Finding[] {
  const { need, outcome, complaint } = trial;
  const module = `${need.path}@${need.version}`;
  if (outcome === 'ok' || outcome === 'large') return [note('pass', 'pull-works', module)];
  if (outcome === 'waiting') return waiting(trial, facts);
  const cause = complaint!.cause;
  if (cause && ofSettings.has(cause) && facts.goproxy.ok && facts.gosumdb.ok && cause !== 'goproxy-off') return [];
  // Outside a project nothing is needed of a mirror of one's own.
  const status = need.from === 'reference' && isRefusal(cause) && servesSomething(facts) ? 'warn' : 'fail';
  const target = targetOf(complaint!.culprit, trial, module);
  const detail = complaint!.text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .join(' ');
  return [problem(status, cause, target, { args: { module }, detail })];
}

const isRefusal = (cause: string | null): boolean =>
  cause === 'mirror-not-found-404-410' || cause === 'mirror-forbidden-403' || cause === 'goproxy-off';

const servesSomething = ({ mirrors }: DoctorFacts): boolean =>
  mirrors.some(({ counts, status }) => counts && status !== 'fail');

function targetOf(culprit: string, { requests }: Trial, module: string): string {
  const failing = [...requests].filter(([, answer]) => answer !== null && !answer.startsWith('200')).at(-1)?.[0];
  return culprit || (failing && authorityIn(failing)) || module;
}

/** Time was over while go waited for an answer: only where the mirror is quick otherwise does that say anything. */
function waiting({ waitingFor, waitedMs }: Trial, { mirrors }: DoctorFacts): Finding[] {
  const target = waitingFor && authorityIn(waitingFor);
  if (!target) return [];
  const probe = mirrors.find(({ url }) => authorityIn(url) === target);
  const usualMs = probe?.phases.ttfbMs ?? Number.POSITIVE_INFINITY;
  if (probe?.status === 'fail' || waitedMs < 2000 || waitedMs < 8 * usualMs) return [];
  return [problem('fail', 'stalled', target, { args: { name: probe?.name ?? target }, detail: waitingFor })];
}
