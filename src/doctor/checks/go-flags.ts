import type { Check } from '../check.ts';
import { problem } from '../finding.ts';

/** GOFLAGS: what go refuses, and what does not do what its name says. */
export const goFlags: Check = {
  id: 'go-flags',
  group: 'settings',
  applies: ({ settings }) => settings.values.GOFLAGS.value !== '',
  run: ({ settings, go, project }) => {
    const { value, source } = settings.values.GOFLAGS;
    const words = [go.fault?.message, go.switch?.message, project?.complaint?.text].find(text =>
      text?.includes('GOFLAGS'),
    );
    const commands = [source === 'os' ? 'unset GOFLAGS' : 'go env -u GOFLAGS'];
    if (words) {
      const detail = words.split('\n')[0]!;
      return [
        problem('fail', 'not-a-pull-problem', 'GOFLAGS', {
          code: 'go-flags-refused',
          args: { value },
          commands,
          detail,
        }),
      ];
    }
    if (/(^|\s)--?insecure\b/.test(value)) {
      return [problem('warn', null, 'GOFLAGS', { code: 'go-flags-insecure', args: { value }, commands })];
    }
    return [];
  },
};
