import type { Check } from '../check.ts';
import { problem } from '../finding.ts';
import { fetchesThroughProxy } from '../judge.ts';

/** GOPROXY: whether go can read it, and whether it forbids every download. */
export const goproxyValue: Check = {
  id: 'goproxy-value',
  group: 'settings',
  applies: ({ settings }) => settings.go !== null,
  run: facts => {
    const { goproxy, settings } = facts;
    const { value } = settings.values.GOPROXY;
    const status = fetchesThroughProxy(facts) ? 'fail' : 'warn';
    if (!goproxy.ok) {
      return [
        problem(status, 'goproxy-malformed', 'GOPROXY', {
          args: { value, entry: goproxy.entry },
          detail: goproxy.message,
        }),
      ];
    }
    const garbled = goproxy.entries.find(({ url }) => url && /^https?:\/\/[^/?#]*[;,|\s"'<>]/.test(url));
    if (garbled) {
      return [problem(status, 'goproxy-malformed', 'GOPROXY', { args: { value, entry: garbled.text } })];
    }
    if (goproxy.entries[0]!.kind === 'off') return [problem(status, 'goproxy-off', 'GOPROXY', { args: { value } })];
    return [];
  },
};
