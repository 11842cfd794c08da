import type { Warning } from '../../changes/plan.ts';
import { type Translate, wordedArgs } from '../../messages/index.ts';
import type { ChangeReport } from '../table/change.ts';
import { wordWarning } from '../warnings.ts';

/** The fields of a change in `--json`. */
export function changeJson(report: ChangeReport, t: Translate): object {
  const { changes, applied, effective, file, dryRun } = report;
  const shadowed = report.shadows.map(({ variable, value, origin, clear }) => ({
    code: 'shadowed',
    variable,
    value,
    file: origin?.file ?? null,
    line: origin?.line ?? null,
    scope: origin?.scope ?? null,
    remedy: clear,
  }));
  const warnings = report.warnings.map(warning => warningJson(warning, t));
  return { changes, applied, effective, dryRun, file, warnings: [...shadowed, ...warnings] };
}

/** A warning: its arguments stand beside its code. */
export function warningJson(warning: Warning, t: Translate): object {
  const { code, args } = warning;
  return { code, ...wordedArgs(args, t), message: wordWarning(warning, t) };
}
