import type { Check } from '../check.ts';
import type { DoctorFacts, Need, Trial } from '../facts.ts';
import { type About, type Finding, note, problem } from '../finding.ts';
import { oneLine } from '../one-line.ts';

/** Modules that go to their origin: whether go gets them there. */
export const origins: Check = {
  id: 'origins',
  group: 'private',
  applies: ({ trials }) => trials.some(({ need }) => need.direct),
  run: facts => facts.trials.filter(({ need }) => need.direct).flatMap(trial => judge(trial, facts)),
};

function judge({ need, outcome, complaint, waitingFor }: Trial, facts: DoctorFacts): Finding[] {
  const module = `${need.path}@${need.version}`;
  const about: About = { module: need.path, version: need.version, origin: true };
  if (outcome === 'ok' || outcome === 'large') return [note('pass', 'origin-serves', need.path)];
  if (outcome === 'waiting' && !complaint) {
    const args = { name: need.path.split('/')[0]! };
    return [problem('fail', 'stalled', need.path, { args, about, detail: sentBy(need, waitingFor ?? '', facts) })];
  }
  const { cause, culprit, text, refusedVcs } = complaint!;
  const details = { args: { module }, about: { ...about, ...refusedVcs }, detail: sentBy(need, oneLine(text), facts) };
  return [problem('fail', cause, culprit || need.path, details)];
}

/** A module that a mirror could have is at its origin by a pattern only: which one is part of what is wrong. */
function sentBy({ looksPrivate }: Need, words: string, { settings }: DoctorFacts): string {
  if (looksPrivate) return words;
  const { GONOPROXY, GOPRIVATE } = settings.values;
  const by = GONOPROXY.source === 'default' ? `GOPRIVATE=${GOPRIVATE.value}` : `GONOPROXY=${GONOPROXY.value}`;
  return words === '' ? by : `${words}; ${by}`;
}
