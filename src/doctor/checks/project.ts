import type { Check } from '../check.ts';
import type { Complaint } from '../facts.ts';
import { type Finding, note, problem } from '../finding.ts';

/** go.mod, go.sum, vendor and replaced folders, as go itself reads them. */
export const project: Check = {
  id: 'project',
  group: 'project',
  applies: ({ project: facts }) => facts !== null,
  run: ({ project: facts }) => {
    const { missingFolders, complaint, packages, root } = facts!;
    const findings = missingFolders.map(({ module, folder }) =>
      problem('fail', 'module-invalid', folder, { code: 'replaced-by-nothing', args: { module } }),
    );
    const ofProject = complaint && !/GOFLAGS|requires go >= |replaced by/.test(complaint.text) ? [complaint] : [];
    findings.push(...[...ofProject, ...packages].map(said));
    return findings.length > 0 ? findings : [note('pass', 'project-consistent', root)];
  },
};

function said({ text, cause: known, culprit }: Complaint): Finding {
  const cause = known ?? (/errors parsing/.test(text) ? 'module-invalid' : null);
  const detail = text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .join(' ')
    .slice(0, 500);
  const commands =
    cause === 'vendor-inconsistent' ? ['go mod vendor'] : cause === 'gosum-missing-entry' ? ['go mod tidy'] : [];
  return problem('fail', cause, culprit || 'go.mod', { args: { module: culprit, name: culprit }, commands, detail });
}
