import type { Check } from '../check.ts';
import { note, problem } from '../finding.ts';

export const goInstalled: Check = {
  id: 'go-installed',
  group: 'go',
  applies: () => true,
  run: ({ settings, go }) => {
    if (settings.go) return [note('pass', 'go-installed', settings.go.version || settings.go.path)];
    return [problem('fail', 'go-not-installed', 'go', { detail: go.fault?.message ?? '' })];
  },
};
