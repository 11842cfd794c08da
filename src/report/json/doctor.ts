import type { FindingStatus } from '../../doctor/finding.ts';
import type { DoctorReport } from '../../doctor/report.ts';
import type { Translate } from '../../messages/index.ts';
import { wordFinding } from '../finding.ts';
import { remarkJson } from '../remarks.ts';
import { mirrorJson } from './mirrors.ts';

/** The report as it stands in `doctor --json`. */
export function doctorJson(report: DoctorReport, t: Translate, fix: boolean): object {
  const { verdict, settings, remarks, routes, mirrors, findings, fixed, planned } = report;
  return {
    host: report.host,
    at: report.madeAt.toISOString(),
    summary: {
      status: verdict.status,
      pass: countOf(report, 'pass'),
      warn: countOf(report, 'warn'),
      fail: countOf(report, 'fail'),
    },
    settings: settings.values,
    remarks: remarks.map(remark => remarkJson(remark, t)),
    go: settings.go,
    routes,
    mirrors: mirrors.map(mirrorJson),
    findings: findings.map(finding => {
      const { code, status, cause, reason, target, remediation } = finding;
      const shown = { ...remediation, commands: remediation.commands.map(t.command) };
      return { code, status, cause, reason, target, message: wordFinding(finding, t), remediation: shown };
    }),
    ...(fix ? { fixed, planned } : {}),
  };
}

export const countOf = ({ findings }: Pick<DoctorReport, 'findings'>, status: FindingStatus): number =>
  findings.filter(finding => finding.status === status).length;
