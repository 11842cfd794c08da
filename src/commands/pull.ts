import type { Command } from '../command.ts';
import { readGoFacts } from '../go/facts.ts';
import { downloadModules } from '../relay/download.ts';
import { needsOf } from '../relay/needs.ts';
import { planFor } from '../relay/prepare.ts';
import { emptySummary, openRelay, type Relay } from '../relay/session.ts';
import { showProgress } from '../report/pull-progress.ts';
import { doneLine, failedLine } from '../report/pull-summary.ts';
import { CliError } from '../system/errors.ts';

/** Downloads modules into the module cache by the real go, through a relay that asks every healthy mirror. */
export const pull: Command<{ mirror?: string[] }> = async ({ context, out, t, name, args, options }) => {
  const startedAt = performance.now();
  const facts = await readGoFacts(context);
  if (!facts.toolchain) throw new CliError('error.go-missing');
  const isOutside = facts.fault === null && !isProject(facts.goMod) && !isProject(facts.goWork);
  if (args.length === 0 && isOutside) throw new CliError('relay.no-project');
  const plan = await planFor(context, facts, t, options);
  const relay: Relay | null =
    plan && (await openRelay(context, { plan, facts, needs: await needsOf(context, facts, args), eager: true }));
  try {
    const stop = relay && (await showProgress(out, relay, t));
    const done = await downloadModules(context, facts.toolchain, args, relay?.goproxy ?? null).finally(() => stop?.());
    const failed = done.exitCode !== 0;
    const summary = relay?.summary() ?? emptySummary(performance.now() - startedAt);
    if (done.messages) out.warn(done.messages);
    if (failed) out.warn(failedLine(summary, t));
    else if (!out.options.quiet) out.result(doneLine(summary, done.modules, t));
    const exitCode = failed ? 1 : 0;
    out.json(name, { ...summary, modules: done.modules, exitCode });
    return exitCode;
  } finally {
    await relay?.close();
  }
};

const isProject = (path: string): boolean => path.endsWith('go.mod') || path.endsWith('go.work');
