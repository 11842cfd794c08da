import type { FindingStatus } from '../../doctor/finding.ts';
import type { DoctorReport } from '../../doctor/report.ts';
import type { Translate } from '../../messages/index.ts';
import { remarkJson } from '../remarks.ts';
import { mirrorJson } from './mirrors.ts';

/** The report as it stands in `doctor --json`. */
export function doctorJson(report: DoctorReport, t: Translate, fix: boolean): object {
  const { verdict, settings, remarks, routes, mirrors, findings, fixed } = report;
  return {
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
    findings: findings.map(({ code, status, cause, target, args, remediation }) => {
      const message = t.optional(`finding.${code}`, args) ?? `${code} ${target}`;
      return { code, status, cause, target, message, remediation };
    }),
    ...(fix ? { fixed } : {}),
  };
}

export const countOf = ({ findings }: Pick<DoctorReport, 'findings'>, status: FindingStatus): number =>
  findings.filter(finding => finding.status === status).length;
