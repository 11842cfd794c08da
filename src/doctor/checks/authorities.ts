import { unsetCommand } from '../../explain/machine.ts';
import type { Check } from '../check.ts';
import { problem } from '../finding.ts';

const untrusted = 'tls-unknown-authority';

/** Variables that name authorities where none are, of a machine that takes a server's authority for unknown. */
export const authorities: Check = {
  id: 'authorities',
  group: 'network',
  applies: ({ emptyAuthorities, env, mirrors, trials }) =>
    // One that names authorities may be short of one: that is said with the server.
    ['SSL_CERT_FILE', 'SSL_CERT_DIR'].every(
      name => !env[name] || emptyAuthorities.some(one => one.variable === name),
    ) &&
    emptyAuthorities.length > 0 &&
    (mirrors.some(({ counts, cause, status }) => counts && status === 'fail' && cause === untrusted) ||
      trials.some(({ complaint }) => complaint?.cause === untrusted)),
  run: ({ emptyAuthorities, platform }) =>
    emptyAuthorities.map(({ variable, value }) =>
      problem('fail', untrusted, variable, {
        code: 'no-authority-there',
        args: { value },
        commands: [unsetCommand({ platform }, variable)],
        about: { explains: true },
      }),
    ),
};
