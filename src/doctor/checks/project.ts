import type { Cause } from '../../causes.ts';
import type { Check } from '../check.ts';
import type { Complaint } from '../facts.ts';
import { type Finding, note, problem } from '../finding.ts';
import { oneLine } from '../one-line.ts';

/** go.mod, go.sum, vendor and replaced folders, as go itself reads them. */
export const project: Check = {
  id: 'project',
  group: 'project',
  applies: ({ project: facts }) => facts !== null,
  run: ({ project: facts }) => {
    const { missingFolders, complaint, packages, root } = facts!;
    const findings = missingFolders.map(({ module, folder }) =>
      problem('fail', 'module-invalid', folder, { code: 'replaced-by-nothing', args: { module }, about: { module } }),
    );
    const elsewhere = complaint && (complaint.release !== undefined || isOfFlags(complaint) || isReplaced(complaint));
    findings.push(...[...(complaint && !elsewhere ? [complaint] : []), ...packages].map(said));
    return findings.length > 0 ? findings : [note('pass', 'project-consistent', root)];
  },
};

/** What a flag of GOFLAGS does in the wrong place, and folders that are missing, are judged by their own checks. */
const isOfFlags = ({ text }: Complaint): boolean => /GOFLAGS|-mod may only be set to/.test(text);
const isReplaced = ({ text }: Complaint): boolean => text.includes('replaced by');

const helping: Partial<Record<Cause, string[]>> = {
  'vendor-inconsistent': ['go mod vendor'],
  'gosum-missing-entry': ['go mod tidy'],
};

function said({ text, cause: known, culprit }: Complaint): Finding {
  const cause = known ?? (/errors parsing/.test(text) ? 'module-invalid' : null);
  const detail = oneLine(text).slice(0, 500);
  const isOutside = text.includes('does not contain modules listed in go.work');
  const isLow = text.includes('but go.work lists go');
  const commands = isOutside ? ['go work use .'] : isLow ? ['go work use'] : (cause && helping[cause]) || [];
  const isUnknown = /unknown (?:directive|block type): /.test(text);
  const code = isLow ? { code: 'work-go-line' } : isUnknown ? { code: 'directive-unknown' } : {};
  // What the next `go mod download` or `tidy` adds keeps nothing from being fetched.
  const status = cause === 'gosum-missing-entry' ? 'warn' : 'fail';
  return problem(status, cause, culprit || 'go.mod', {
    ...code,
    args: { module: culprit, name: culprit },
    commands,
    detail,
  });
}
