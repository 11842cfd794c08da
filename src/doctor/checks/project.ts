import type { Cause } from '../../causes.ts';
import { type GoSumEntry, isConflictMark } from '../../project/go-sum.ts';
import { plainShellWord } from '../../system/shell-word.ts';
import type { Check } from '../check.ts';
import type { Complaint, DoctorFacts } from '../facts.ts';
import { type Finding, note, problem } from '../finding.ts';
import { oneLine } from '../one-line.ts';

/** go.mod, go.sum, vendor and replaced folders, as go itself reads them. */
export const project: Check = {
  id: 'project',
  group: 'project',
  applies: ({ project: facts }) => facts !== null,
  run: ({ project: facts, files }) => {
    const { missingFolders, complaint, packages, root } = facts!;
    const findings = missingFolders.map(({ module, folder }) =>
      problem('fail', 'module-invalid', folder, { code: 'replaced-by-nothing', args: { module }, about: { module } }),
    );
    const elsewhere = complaint && (complaint.release !== undefined || isOfFlags(complaint) || isReplaced(complaint));
    findings.push(...[...(complaint && !elsewhere ? [complaint] : []), ...packages].map(said), ...halves(files));
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

function said(complaint: Complaint): Finding {
  const { text, cause: known, culprit } = complaint;
  const cause = known ?? (/errors parsing/.test(text) ? 'module-invalid' : null);
  const detail = oneLine(text).slice(0, 500);
  const special = specialOf(complaint, detail);
  if (special) return special;
  const isOutside = text.includes('does not contain modules listed in go.work');
  const commands = isOutside ? ['go work use .'] : (cause && helping[cause]) || [];
  // What the next `go mod download` or `tidy` adds keeps nothing from being fetched.
  const status = cause === 'gosum-missing-entry' ? 'warn' : 'fail';
  const target = (status === 'warn' && lacking(text)) || culprit || 'go.mod';
  return problem(status, cause, target, { args: { module: culprit, name: culprit }, commands, detail });
}

/** What has a sentence of its own, whatever its cause is. */
function specialOf({ text, cause, culprit, conflict }: Complaint, detail: string): Finding | null {
  if (text.includes('but go.work lists go')) {
    const details = { code: 'work-go-line', commands: ['go work use'], detail };
    return problem('fail', cause, culprit || 'go.mod', details);
  }
  const [, directive] = /unknown (?:directive|block type): (\S+)/.exec(text) ?? [];
  if (conflict || (directive && isConflictMark(directive))) {
    const target = culprit || 'go.mod';
    return problem('fail', 'module-invalid', target, { code: 'merge-conflict', detail, about: { explains: true } });
  }
  if (/malformed go\.sum/.test(text)) {
    return problem('fail', 'module-invalid', culprit, { code: 'sum-malformed', detail, about: { explains: true } });
  }
  if (directive) {
    const details = { code: 'directive-unknown', args: { name: directive }, detail };
    return problem('fail', cause ?? 'module-invalid', culprit || 'go.mod', { ...details, about: { explains: true } });
  }
  const [, path, version] = /ignoring requirement on excluded version (\S+) (v\S+)/.exec(text) ?? [];
  if (path && version) {
    const commands = [`go mod edit ${plainShellWord(`-dropexclude=${path}@${version}`)}`, 'go mod tidy'];
    const details = { code: 'requirement-excluded', args: { version }, commands, detail };
    return problem('fail', 'module-invalid', path, details);
  }
  return null;
}

/** What go.sum has no line for: a module, or a package of one. */
const lacking = (text: string): string | undefined =>
  /missing go\.sum entry for module providing package (\S+)/.exec(text)?.[1] ??
  /(\S+@\S+): missing go\.sum entry/.exec(text)?.[1];

/** Modules of which go.sum has the hash of the zip and not that of go.mod, which go wants first. */
function halves(files: DoctorFacts['files']): Finding[] {
  const sums = files?.sums ?? [];
  const nameOf = ({ module, version }: GoSumEntry): string => `${module}@${version}`;
  const whole = new Set(sums.filter(({ kind }) => kind === 'mod').map(nameOf));
  const half = new Set(sums.filter(({ kind }) => kind === 'zip').map(nameOf)).values();
  return [...half]
    .filter(name => !whole.has(name))
    .map(name => problem('warn', 'gosum-missing-entry', `${name}/go.mod`, { commands: ['go mod tidy'] }));
}
