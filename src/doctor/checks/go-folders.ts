import { unsetCommand } from '../../explain/machine.ts';
import type { Check } from '../check.ts';
import { type Finding, note, problem } from '../finding.ts';

/** Where go keeps things: folders that it refuses, and whether anything could be tried in a temporary one. */
export const goFolders: Check = {
  id: 'go-folders',
  group: 'go',
  applies: ({ misplaced, notTried, go }) => misplaced !== null || (notTried !== null && go.toolchain !== null),
  run: ({ misplaced, notTried, env, platform }) => {
    const findings: Finding[] = [];
    if (misplaced) {
      const { variable, value, message } = misplaced;
      // A GOPATH that is refused stops `go env` too, but for one in the environment.
      const unset = variable === 'GOPATH' ? 'GOPATH=/ go env -u GOPATH' : `go env -u ${variable}`;
      const commands = [env[variable] ? unsetCommand({ platform }, variable) : unset];
      const code = 'relative-place';
      findings.push(problem('fail', 'gopath-mode', variable, { code, args: { value }, commands, detail: message }));
    }
    if (notTried !== null) findings.push(note('skip', 'not-tried', 'TMPDIR', { reason: notTried }));
    return findings;
  },
};
