import type { ChalkInstance } from 'chalk';
import type { Finding } from '../doctor/finding.ts';
import type { DoctorReport } from '../doctor/report.ts';
import { verdictsOf } from '../go/verdicts.ts';
import type { Translate } from '../messages/index.ts';
import { settingsTable } from './settings-table.ts';

export interface DoctorTextOptions {
  t: Translate;
  paint: ChalkInstance;
  width: number;
  home: string | null;
  verbose: boolean;
}

/** The report for a terminal: the verdict and the command that helps first, then settings and mirrors, then the rest. */
export function doctorText(report: DoctorReport, options: DoctorTextOptions): string {
  const { t, paint, width, home, verbose } = options;
  const { verdict, findings, settings } = report;
  const remarks = verdictsOf(settings).map(({ setting, status, code, args }) => ({
    setting,
    status,
    text: t.optional(`verdict.${code}`, args) ?? code,
  }));
  const shown = findings.filter(({ status }, index) =>
    verbose ? index > 0 || verdict.status === 'pass' : index > 0 && isWrong(status),
  );
  const hidden = findings.length - shown.length - (verdict.status === 'pass' ? 0 : 1);
  return [
    headline(report, options),
    ...(verdict.command ? [paint.bold(`  → ${verdict.command}`)] : []),
    '',
    settingsTable(settings, remarks, { t, paint, width, home }),
    ...(shown.length > 0 ? ['', ...shown.map(finding => line(finding, options))] : []),
    ...(hidden > 0 && !verbose ? ['', paint.dim(`  ${t('doctor.more', { count: hidden })}`)] : []),
  ].join('\n');
}

function headline({ verdict }: DoctorReport, { t, paint }: DoctorTextOptions): string {
  const sentence = t.optional(verdict.code, verdict.args) ?? verdict.code;
  if (verdict.status === 'pass') return paint.green(`✓ ${sentence}`);
  if (verdict.status === 'warn') return paint.yellow(`! ${t('doctor.verdict.warn', { sentence })}`);
  return paint.red(`✗ ${t('doctor.verdict.fail', { sentence })}`);
}

function line({ code, status, args, remediation }: Finding, { t, paint }: DoctorTextOptions): string {
  const sentence = t.optional(`finding.${code}`, args) ?? code;
  const marks = {
    pass: paint.green('✓'),
    warn: paint.yellow('!'),
    fail: paint.red('✗'),
    crash: paint.red('✗'),
    skip: paint.dim('–'),
  };
  const help = remediation.commands.map(command => `\n      → ${command}`).join('');
  return `  ${marks[status]} ${sentence}${help}`;
}

const isWrong = (status: Finding['status']): boolean => status === 'fail' || status === 'warn' || status === 'crash';
