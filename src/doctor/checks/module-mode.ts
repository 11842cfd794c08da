import type { Check } from '../check.ts';
import { problem } from '../finding.ts';

/** GO111MODULE: `off` switches GOPROXY off altogether. */
export const moduleMode: Check = {
  id: 'module-mode',
  group: 'settings',
  applies: () => true,
  run: ({ settings }) => {
    const { value, source } = settings.values.GO111MODULE;
    if (['', 'on', 'auto'].includes(value)) return [];
    const commands = [source === 'os' ? 'unset GO111MODULE' : 'go env -u GO111MODULE'];
    return [problem('fail', 'gopath-mode', 'GO111MODULE', { args: { value }, commands })];
  },
};
