import { type ChangeOutcome, type ChangeRequest, changeSettings } from '../changes/change-settings.ts';
import type { Warning } from '../changes/plan.ts';
import { findShadow } from '../changes/shadow/find.ts';
import { reporters } from '../report/reporters.ts';
import { warningLines } from '../report/warnings.ts';
import type { Owner } from '../system/owner.ts';
import type { Invocation } from './command.ts';

/** What a command adds to the change it has made. */
export interface ChangeFlow extends Omit<ChangeRequest, 'command' | 'onWait'> {
  /** What is in effect then, for the verdict. */
  what: string;
  /** After the change and before the report: more to warn of. */
  after?: (outcome: ChangeOutcome) => Promise<readonly Warning[]>;
  /** More fields for --json. */
  json?: object;
}

/** Changes the settings and reports it; returns the exit code: 1 for a change that has no effect. */
export async function runChange({ context, out, t, name, args }: Invocation, flow: ChangeFlow): Promise<number> {
  const { what, after, json, ...request } = flow;
  const outcome = await changeSettings(context, {
    ...request,
    command: [name, ...args].join(' '),
    onWait: tellWait({ out, t }),
  });
  const shadows = await Promise.all(outcome.shadowedBy.map(variable => findShadow(context, variable)));
  const dryRun = request.dryRun ?? false;
  const report = { ...outcome, shadows, dryRun };
  const drawing = out.drawing(t);
  // What is in effect is said before the mirrors are looked at, which takes a while.
  if (!out.options.json) out.show((await reporters.table.change()).changeTable(report, what, drawing));
  const more = dryRun ? [] : ((await after?.(outcome)) ?? []);
  if (out.options.json) {
    const changeJson = await reporters.json.change();
    out.json(name, { ...json, ...changeJson({ ...report, warnings: [...report.warnings, ...more] }, t) });
  } else out.show(warningLines(more, drawing));
  return dryRun || outcome.effective ? 0 : 1;
}

/** Says on stderr whom a run waits for. */
export const tellWait =
  ({ out, t }: Pick<Invocation, 'out' | 't'>) =>
  ({ pid, host }: Owner): void =>
    out.note(t('lock.waiting', { pid, host }));
