import type { LabCase } from './case.ts';

/** The part of `doctor --json` that is judged. */
export interface Report {
  summary?: { status: string };
  findings?: {
    code: string;
    status: string;
    cause: string | null;
    target: string;
    message: string;
    remediation: { commands: string[] };
  }[];
  fixed?: { target: string }[];
  error?: { code: string; message: string };
}

/** What the doctor got wrong about a case, in words; empty where it is right. */
export function judge(lab: LabCase, report: Report, exitCode: number | null): string[] {
  const wrong: string[] = [];
  const failing = (report.findings ?? []).filter(finding => finding.status === 'fail');
  const shown = failing
    .slice(0, 3)
    .map(({ code, cause, target, message }) => `${code}/${cause} [${target}] ${message}`);
  if (report.error) wrong.push(`error ${report.error.code}: ${report.error.message}`);
  for (const finding of report.findings ?? [])
    if (finding.status === 'crash') wrong.push(`a check crashed: ${finding.message}`);
  if (lab.expect.length === 0) {
    if (failing.length > 0) wrong.push(`healthy, but: ${shown.join(' | ')}`);
    if (exitCode !== 0) wrong.push(`exit code ${exitCode}, not 0`);
    return wrong;
  }
  const window = lab.expect.length === 1 ? failing.slice(0, 1) : failing.slice(0, 3);
  for (const { cause, culprit } of lab.expect) {
    const right = window.some(
      finding =>
        [cause].flat().includes(finding.cause as never) &&
        [culprit].flat().some(name => `${finding.target}\n${finding.message}`.includes(name)),
    );
    if (!right)
      wrong.push(
        `expected ${[cause].flat().join(' or ')} [${[culprit].flat().join(' or ')}], got: ${shown.join(' | ') || 'nothing'}`,
      );
  }
  if (exitCode !== 1) wrong.push(`exit code ${exitCode}, not 1`);
  return wrong;
}
