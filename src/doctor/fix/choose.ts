import type { Change } from '../../changes/plan.ts';
import type { Context } from '../../system/context.ts';
import type { Damage, DoctorFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { changesFrom, planFixes } from './plan.ts';
import { firstThatWorks } from './verify.ts';

/** The fix that was decided on: one set of settings, and the damaged files. */
export interface ChosenFix {
  wanted: ReadonlyMap<string, string | null>;
  changes: Change[];
  damaged: Damage[];
  /** A real download succeeded with these settings; false where none could be tried or none succeeded. */
  proven: boolean;
}

/** Decides on a fix by trying: the first candidate that a real download succeeds with, else what is right by itself. Null: nothing to fix. */
export async function chooseFix(
  context: Context,
  findings: readonly Finding[],
  facts: DoctorFacts,
): Promise<ChosenFix | null> {
  const { candidates, unproven, damaged } = planFixes(findings, facts);
  const working = await firstThatWorks(context, facts, candidates);
  const wanted = working ?? unproven;
  if (wanted.size === 0 && damaged.length === 0) return null;
  return { wanted, changes: changesFrom(wanted, facts.settings), damaged, proven: working !== null };
}
