import type { Check } from '../check.ts';
import type { Trial } from '../facts.ts';
import { type Finding, note, problem } from '../finding.ts';

/** Modules that go to their origin: whether go gets them there. */
export const origins: Check = {
  id: 'origins',
  group: 'private',
  applies: ({ trials }) => trials.some(({ need }) => need.direct),
  run: ({ trials }) => trials.filter(({ need }) => need.direct).flatMap(judge),
};

function judge({ need, outcome, complaint, waitingFor }: Trial): Finding[] {
  const module = `${need.path}@${need.version}`;
  if (outcome === 'ok' || outcome === 'large') return [note('pass', 'origin-serves', need.path)];
  if (outcome === 'waiting' && !complaint) {
    return [
      problem('fail', 'stalled', need.path, { args: { name: need.path.split('/')[0]! }, detail: waitingFor ?? '' }),
    ];
  }
  const { cause, culprit, text } = complaint!;
  const detail = text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .join(' ');
  return [problem('fail', cause, culprit || need.path, { args: { module }, detail })];
}
