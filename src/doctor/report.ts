import { hostname } from 'node:os';
import type { Change } from '../changes/plan.ts';
import type { GoFacts } from '../go/facts.ts';
import type { Remark } from '../go/judge-settings.ts';
import { type RouteResult, routeOf } from '../go/route.ts';
import type { Settings } from '../go/settings.ts';
import type { MirrorProbe } from '../probe/result.ts';
import type { SentenceArgs } from '../system/sentence.ts';
import { version } from '../version.ts';
import type { DoctorFacts, Need } from './facts.ts';
import type { Finding } from './finding.ts';
import type { FixPlan } from './fix/plan.ts';
import type { Remedy } from './fix/remedy.ts';

/** A finding with what helps against it. */
export interface ReportedFinding extends Finding {
  remediation: Remedy;
}

/** One thing that a fix did: a setting changed, or a damaged file of the module cache taken away. */
export interface Fixed {
  target: string;
  change: Change | null;
  removed: string | null;
  /** A real download succeeded with the settings before they were written. */
  proven: boolean;
}

/** What a fix would do, decided on by trying. */
interface PlannedFix {
  changes: readonly Change[];
  /** Paths of the module cache. */
  remove: readonly string[];
  proven: boolean;
}

/** All that a report of the doctor shows, for the terminal, as JSON and as a page. */
export interface DoctorReport {
  /** `finding` is what the verdict is about; null where all is well, and the sentence is `code`'s then. */
  verdict: { status: 'pass' | 'warn' | 'fail'; finding: ReportedFinding | null; code: string; args: SentenceArgs };
  settings: Settings;
  remarks: readonly Remark[];
  go: GoFacts;
  routes: RouteResult[];
  mirrors: MirrorProbe[];
  findings: ReportedFinding[];
  /** With --dry-run what would be done, null where nothing would help. */
  planned: PlannedFix | null;
  fixed: Fixed[];
  /** Whether the estimates are for the project of the folder. */
  ofProject: boolean;
  /** The name of this machine. */
  host: string;
  /** When it was made, and how long the run took, milliseconds. */
  madeAt: Date;
  durationMs: number;
  version: string;
  platform: string;
}

/** The report on what was found. */
export function reportOn(
  facts: DoctorFacts,
  found: readonly Finding[],
  { remedies }: Pick<FixPlan, 'remedies'>,
  durationMs: number,
): DoctorReport {
  const { settings, go, mirrors, needs, refused, platform } = facts;
  const named = needs.filter(({ from }) => from === 'argument');
  const shown = named.length > 0 ? named : needThatMatters(needs, found);
  const routes = shown.map(({ path, summed }) => routeOf(path, settings, { inGoSum: summed.zip && summed.mod }));
  const findings = found.map(finding => {
    const remediation = remedies.get(finding) ?? { commands: finding.commands, changes: [] };
    return { ...finding, remediation };
  });
  return {
    verdict: verdictOn(findings, facts),
    settings,
    remarks: facts.remarks,
    go,
    routes: [...routes, ...refused.map(({ path }) => routeOf(path, settings)).filter(({ ok }) => !ok)],
    mirrors,
    findings,
    planned: null,
    fixed: [],
    ofProject: facts.files !== null,
    host: hostname(),
    madeAt: new Date(),
    durationMs,
    version,
    platform,
  };
}

/** The module that fails, else one of the most that go the same way. */
function needThatMatters(needs: readonly Need[], found: readonly Finding[]): Need[] {
  const wrong = found.filter(({ status }) => status === 'fail');
  const isIn = ({ path }: Need, { about, target }: Finding): boolean =>
    about.module === path || target === path || target.startsWith(`${path}@`);
  const failing = wrong.flatMap(finding => needs.find(need => isIn(need, finding)) ?? [])[0];
  const likes = ({ direct }: Need): number => needs.filter(need => need.direct === direct).length;
  const usual = [...needs].sort((one, other) => likes(other) - likes(one));
  return [failing, ...usual].filter(need => need !== undefined).slice(0, 1);
}

/** The same report with further findings, the failing ones first. */
export function withFindings(report: DoctorReport, more: readonly Finding[]): DoctorReport {
  if (more.length === 0) return report;
  const added = more.map(finding => ({ ...finding, remediation: { commands: finding.commands, changes: [] } }));
  const findings = [...added, ...report.findings];
  const [first] = added;
  return { ...report, findings, verdict: { status: 'fail', finding: first!, code: '', args: {} } };
}

function verdictOn(findings: readonly ReportedFinding[], { mirrors, needs }: DoctorFacts): DoctorReport['verdict'] {
  const first = findings[0];
  if (first && first.status !== 'pass' && first.status !== 'skip') {
    return { status: first.status === 'fail' ? 'fail' : 'warn', finding: first, code: '', args: {} };
  }
  const serving = mirrors.filter(({ counts, status }) => counts && status !== 'fail').map(({ name }) => name);
  const project = needs.filter(({ from }) => from === 'project').length;
  const code = project > 0 ? 'doctor.verdict.pass-project' : 'doctor.verdict.pass';
  return { status: 'pass', finding: null, code, args: { mirrors: serving.join(', '), modules: project } };
}
