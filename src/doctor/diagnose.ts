import type { Context } from '../system/context.ts';
import { type ExamineOptions, examine } from './examine.ts';
import type { DoctorFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { findingsOn } from './findings.ts';
import { type FixPlan, planFixes } from './fix/plan.ts';
import { provePull } from './prove-pull.ts';
import { type DoctorReport, reportOn } from './report.ts';

interface DiagnoseOptions extends ExamineOptions {
  /** Told the bytes of a real download of all that is needed; null: only a few modules are tried. */
  pull: ((bytes: number) => void) | null;
  /** `performance.now()` at which the run began. */
  startedAt: number;
}

/** One examination, from the facts to the report. */
export interface Diagnosis {
  facts: DoctorFacts;
  findings: readonly Finding[];
  plan: FixPlan;
  report: DoctorReport;
}

/** Facts, what is wrong with them, what would put it right, and the report: each made once from the one before. */
export async function diagnose(context: Context, { pull, startedAt, ...options }: DiagnoseOptions): Promise<Diagnosis> {
  const examined = await examine(context, options);
  const facts = pull ? await provePull(context, examined, pull) : examined;
  const findings = findingsOn(facts);
  const plan = planFixes(findings, facts);
  return { facts, findings, plan, report: reportOn(facts, findings, plan, performance.now() - startedAt) };
}
