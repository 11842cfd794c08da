import type { Check } from '../check.ts';
import type { Trial } from '../facts.ts';
import { type About, type Finding, note, problem } from '../finding.ts';
import { oneLine } from '../one-line.ts';

/** Modules that go to their origin: whether go gets them there. */
export const origins: Check = {
  id: 'origins',
  group: 'private',
  applies: ({ trials }) => trials.some(({ need }) => need.direct),
  run: ({ trials }) => trials.filter(({ need }) => need.direct).flatMap(judge),
};

function judge({ need, outcome, complaint, waitingFor }: Trial): Finding[] {
  const module = `${need.path}@${need.version}`;
  const about: About = { module: need.path, version: need.version, origin: true };
  if (outcome === 'ok' || outcome === 'large') return [note('pass', 'origin-serves', need.path)];
  if (outcome === 'waiting' && !complaint) {
    const args = { name: need.path.split('/')[0]! };
    return [problem('fail', 'stalled', need.path, { args, about, detail: waitingFor ?? '' })];
  }
  const { cause, culprit, text, refusedVcs } = complaint!;
  const details = { args: { module }, about: { ...about, ...refusedVcs }, detail: oneLine(text) };
  return [problem('fail', cause, culprit || need.path, details)];
}
