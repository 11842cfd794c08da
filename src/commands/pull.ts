import { profileVariables } from '../changes/environment.ts';
import { explanationOf, readVerdict } from '../explain/explain.ts';
import { type GoFacts, readGoFacts } from '../go/facts.ts';
import { readProject } from '../project/read.ts';
import { blame } from '../relay/blame.ts';
import { downloadModules } from '../relay/download.ts';
import { needsOf } from '../relay/needs.ts';
import { prepare } from '../relay/prepare.ts';
import { openRelay } from '../relay/session.ts';
import { emptySummary } from '../relay/summary.ts';
import { ciLog } from '../report/ci-log.ts';
import { reporters } from '../report/reporters.ts';
import { plainMs, progressLine } from '../report/table/pull-progress.ts';
import { CliError } from '../system/errors.ts';
import type { Command } from './command.ts';

/** Downloads modules into the module cache by the real go, through a relay that asks every healthy mirror. */
export const pull: Command<{ mirror?: string[] }> = async ({ context, out, t, name, args, options }) => {
  const startedAt = performance.now();
  const facts = await readGoFacts(context);
  const { toolchain, settings } = facts;
  if (!toolchain) throw new CliError('error.go-missing');
  if (args.length === 0 && isOutside(facts)) throw new CliError('relay.no-project');
  const [{ plan, refusal, mirrors, named }, needs] = await Promise.all([
    prepare(context, facts, options),
    readProject(context, facts).then(project => needsOf(project, args)),
  ]);
  const variables = profileVariables(settings, mirrors, named);
  const relay = plan && (await openRelay(context, { plan, facts, variables, needs, eager: true }));
  if (!relay && !refusal) out.note(t('relay.no-mirror', { value: settings.values.GOPROXY.value }));
  try {
    const stop = relay && (await out.progress(progressLine(relay, t), plainMs));
    const done = await downloadModules(context, toolchain, args, { ...variables, ...relay?.variables }).finally(() =>
      stop?.(),
    );
    const messages = relay?.readable(done.messages) ?? done.messages;
    const summary = { ...(relay?.summary() ?? emptySummary(performance.now() - startedAt)), modules: done.modules };
    if (context.signal.aborted) throw new CliError('error.interrupted');
    if (messages) out.warn(messages);
    const { doneLine, failureLines } = await reporters.table.pull();
    if (done.exitCode === 0) {
      if (!out.options.quiet) out.result(doneLine(summary, t));
      out.json(name, { ...summary, exitCode: 0 });
      return 0;
    }
    const found = blame(relay?.failures() ?? []);
    const machine = { platform: context.platform, settings, known: mirrors };
    // What go says names the mirror that it asked, which is the relay: where upstreams failed they are to blame.
    const explanation = found ? null : explanationOf(await readVerdict(bytesOf(messages)), machine);
    out.show(failureLines(summary, found, explanation, out.drawing(t), ciLog(context)));
    const cause = found?.cause ?? explanation?.cause ?? null;
    out.json(name, { ...summary, exitCode: 1, cause, failures: found?.failures ?? [] });
    return 1;
  } finally {
    await relay?.close();
  }
};

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** With modules switched off, or a go that cannot say, go itself speaks. */
function isOutside({ fault, goMod, goWork }: GoFacts): boolean {
  return fault === null && goMod !== '' && !goMod.endsWith('.mod') && !goWork.endsWith('go.work');
}
