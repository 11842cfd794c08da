import type { Change } from '../changes/plan.ts';
import type { GoFacts } from '../go/facts.ts';
import type { Remark } from '../go/judge-settings.ts';
import { type RouteResult, routeOf } from '../go/route.ts';
import type { Settings } from '../go/settings.ts';
import type { MirrorProbe } from '../probe/result.ts';
import type { SentenceArgs } from '../system/sentence.ts';
import { version } from '../version.ts';
import type { DoctorFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { judgeAll } from './order.ts';
import { withRemedies } from './remedies.ts';

/** One thing that a fix did: a setting changed, or a damaged file of the module cache taken away. */
export interface Fixed {
  target: string;
  change: Change | null;
  removed: string | null;
  /** A real download succeeded with the settings before they were written. */
  proven: boolean;
}

/** All that a report of the doctor shows, for the terminal, as JSON and as a page. */
export interface DoctorReport {
  /** `code` is a sentence's, with the finding's arguments; `command` the one that helps, or null. */
  verdict: { status: 'pass' | 'warn' | 'fail'; code: string; args: SentenceArgs; command: string | null };
  settings: Settings;
  remarks: readonly Remark[];
  go: GoFacts;
  routes: RouteResult[];
  mirrors: MirrorProbe[];
  findings: Finding[];
  fixed: Fixed[];
  /** Whether the estimates are for the project of the folder. */
  ofProject: boolean;
  /** When it was made, and how long the run took, milliseconds. */
  madeAt: Date;
  durationMs: number;
  version: string;
  platform: string;
}

/** The report on what was gathered. */
export function reportOn(facts: DoctorFacts, platform: string, durationMs: number): DoctorReport {
  const { settings, go, mirrors, needs } = facts;
  const shown = needs.filter(({ from }, index) => from === 'argument' || index === 0);
  const findings = withRemedies(judgeAll(facts), facts);
  return {
    verdict: verdictOn(findings, facts),
    settings,
    remarks: facts.remarks,
    go,
    routes: shown.map(({ path, summed }) => routeOf(path, settings, { inGoSum: summed.zip && summed.mod })),
    mirrors,
    findings,
    fixed: [],
    ofProject: facts.files !== null,
    madeAt: new Date(),
    durationMs,
    version,
    platform,
  };
}

function verdictOn(findings: readonly Finding[], { mirrors, needs }: DoctorFacts): DoctorReport['verdict'] {
  const first = findings[0];
  if (first && first.status !== 'pass' && first.status !== 'skip') {
    const { code, args, remediation, status } = first;
    const command = remediation.commands[0] ?? null;
    return { status: status === 'fail' ? 'fail' : 'warn', code: `finding.${code}`, args, command };
  }
  const serving = mirrors.filter(({ counts, status }) => counts && status !== 'fail').map(({ name }) => name);
  const project = needs.filter(({ from }) => from === 'project').length;
  return {
    status: 'pass',
    code: project > 0 ? 'doctor.verdict.pass-project' : 'doctor.verdict.pass',
    args: { mirrors: serving.join(', '), modules: project },
    command: null,
  };
}
