import type { DoctorReport, ReportedFinding } from '../../doctor/report.ts';
import { wordFinding } from '../finding.ts';
import type { Drawing } from '../line.ts';
import { mirrorTable } from './mirrors.ts';
import { settingsTable } from './settings.ts';
import { wrap } from './wrap.ts';

/** The settings that are always shown; the others only where they are set. */
const always = new Set(['GOPROXY', 'GOSUMDB', 'GOPRIVATE']);

/** The report for a terminal: the verdict and the command that helps first, then settings and mirrors, then what else is wrong. */
export function doctorText(report: DoctorReport, options: Drawing): string {
  const { t, paint, verbose } = options;
  const { verdict, findings, mirrors } = report;
  const rest = verdict.status === 'pass' ? findings : findings.slice(1);
  const wrong = rest.filter(({ status }) => status !== 'pass' && status !== 'skip');
  const shown = verbose ? rest : wrong;
  const hidden = rest.length - shown.length;
  const parts = [
    [headline(report, options), ...commandLine(report, options)].join('\n'),
    settings(report, options),
    mirrors.length > 0 ? table(report, options) : '',
    shown.map(finding => line(finding, options)).join('\n'),
    paint.dim([hidden > 0 ? t('doctor.more', { count: hidden }) : '', t('doctor.page')].filter(Boolean).join(' · ')),
  ];
  return parts.filter(Boolean).join('\n\n');
}

function headline({ verdict }: DoctorReport, { t, paint, width }: Drawing): string {
  const { finding } = verdict;
  const sentence = finding ? wordFinding(finding, t) : (t.optional(verdict.code, verdict.args) ?? verdict.code);
  const isOpen = finding?.code === 'pull-unfinished';
  const { mark, text, pen } = {
    pass: { mark: '✓', text: sentence, pen: paint.green },
    warn: { mark: '!', text: t(`doctor.verdict.${isOpen ? 'open' : 'warn'}`, { sentence }), pen: paint.yellow },
    fail: { mark: '✗', text: t('doctor.verdict.fail', { sentence }), pen: paint.red },
  }[verdict.status];
  return pen(wrap(`${mark} ${text}`, width, '  '));
}

function commandLine({ verdict }: DoctorReport, { t, paint }: Drawing): string[] {
  const command = verdict.finding?.remediation.commands[0];
  return command ? [paint.bold(`  → ${t.command(command)}`)] : [];
}

function settings({ settings: found, remarks }: DoctorReport, drawing: Drawing): string {
  const names = Object.entries(found.values)
    .filter(([name, { source }]) => drawing.verbose || always.has(name) || source === 'os' || source === 'file')
    .map(([name]) => name as keyof typeof found.values);
  return settingsTable(found, remarks, drawing, names);
}

/** The mirrors that count, and those that could stand in for them; the alternatives that fail too only with -v. */
function table({ mirrors, ofProject }: DoctorReport, drawing: Drawing): string {
  const shown = mirrors.filter(({ counts, status }) => drawing.verbose || counts || status !== 'fail');
  const inEffect = new Set(mirrors.filter(({ counts }) => counts).map(({ url }) => url));
  return mirrorTable(shown, { inEffect, ofProject }, drawing);
}

function line(finding: ReportedFinding, { t, paint, width }: Drawing): string {
  const { status, remediation } = finding;
  const marks = {
    pass: paint.green('✓'),
    warn: paint.yellow('!'),
    fail: paint.red('✗'),
    crash: paint.red('✗'),
    skip: paint.dim('–'),
  };
  const help = remediation.commands.map(command => `\n    → ${t.command(command)}`).join('');
  return `${marks[status]} ${wrap(wordFinding(finding, t), width - 2, '  ')}${help}`;
}
