import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cause } from '../causes.ts';
import { profileVariables } from '../changes/environment.ts';
import { readVerdict } from '../explain/explain.ts';
import { watchForOwnFault } from '../explain/own-fault.ts';
import { readGoFacts } from '../go/facts.ts';
import { parseGosumdb } from '../go/gosumdb.ts';
import { keepFiles } from '../project/kept-files.ts';
import { readProject } from '../project/read.ts';
import { blame } from '../relay/blame.ts';
import { contradicts } from '../relay/module-cache.ts';
import { needsOf } from '../relay/needs.ts';
import { type CommandWords, passingCause } from '../relay/passing.ts';
import { prepare } from '../relay/prepare.ts';
import { openRelay } from '../relay/session.ts';
import { emptySummary, type RelaySummary, sumOf } from '../relay/summary.ts';
import { ciLog } from '../report/ci-log.ts';
import { reporters } from '../report/reporters.ts';
import type { Context } from '../system/context.ts';
import { CliError } from '../system/errors.ts';
import { type ForegroundEnd, runAndHear, runInForeground } from '../system/foreground.ts';
import type { Command } from './command.ts';

interface RunOptions {
  mirror?: string[];
  summary?: string;
  retry?: number;
}

/** How one attempt at the command ended. */
interface Attempt {
  end: ForegroundEnd;
  exitCode: number;
  /** Why it failed, where the next attempt may get further; else null. */
  passing: Cause | null;
  /** Files of the project that are again as they were, since the checksum database contradicts what go left in them. */
  restored: string[];
  summary: RelaySummary;
}

/** The pause before the second attempt, milliseconds. Before each one after it twice as long, up to the longest. */
const firstPauseMs = 1000;
const longestPauseMs = 15_000;

/** Runs one command with other settings, nothing written. Ends as the command ends. */
export const run: Command<RunOptions> = async ({ context, out, t, name, args, options, passthrough }) => {
  // Without `--` the flags of the command would be read as ours.
  if (args.length > 0) throw new CliError('relay.needs-dashes');
  const [command] = passthrough ?? [];
  if (!passthrough || command === undefined) throw new CliError('relay.no-command');
  const attempt = await attempts(context, options, passthrough);
  const most = 1 + (options.retry ?? 0);
  const log = ciLog(context);
  const summaries: RelaySummary[] = [];
  for (let count = 1; ; count += 1) {
    const fold = most > 1 ? log.fold(t('relay.attempt', { count, most, command: passthrough.join(' ') })) : null;
    if (fold !== null) out.warn(fold);
    const { end, exitCode, passing, restored, summary } = await attempt();
    if (fold !== null) out.warn(log.unfold()!);
    summaries.push(summary);
    if (end.kind === 'not-started') {
      const words = { command, detail: end.detail };
      out.warn(end.code === 'ENOENT' ? t('relay.not-found', words) : t('relay.not-executable', words));
    }
    if (restored.length > 0) out.warn(log.mark('warning', t('relay.restored', { files: restored.join(', ') })));
    if (passing !== null && count < most) {
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (count - 1));
      const words = { cause: passing, count: count + 1, most, seconds: pauseMs / 1000 };
      out.warn(log.mark('warning', t('relay.again', words)));
      const isOver = await pause(pauseMs, true, { signal: context.signal }).catch(() => false);
      if (!isOver) throw new CliError('error.interrupted');
      continue;
    }
    const sum = sumOf(summaries);
    if (sum.bytes > 0) {
      const line = (await reporters.table.pull()).doneLine(sum, t);
      out.note(Object.keys(sum.healed).length > 0 ? log.mark('notice', line) : line);
    }
    const object = { command: name, ...sum, attempts: count, exitCode };
    if (options.summary) await writeSummary(resolve(context.cwd, options.summary), object);
    return exitCode;
  }
};

/** Reads the settings and the project, and returns what runs the command once, each time through a relay of its own. */
async function attempts(
  context: Context,
  options: RunOptions & { catalogue?: string | undefined },
  command: readonly string[],
): Promise<() => Promise<Attempt>> {
  const facts = await readGoFacts(context);
  const [{ plan, mirrors, named }, project] = await Promise.all([
    prepare(context, facts, options),
    readProject(context, facts),
  ]);
  const kept = await keepFiles(project);
  const variables = profileVariables(facts.settings, mirrors, named);
  const gosumdb = parseGosumdb(variables.GOSUMDB ?? facts.settings.values.GOSUMDB.value);
  const database = gosumdb.ok && gosumdb.kind === 'database' ? gosumdb.name : null;
  const needs = await needsOf(project, []);
  // One mirror is the plain switch: its own word counts, without another to stand in for it.
  const isRelayed = plan !== null && named.length !== 1;
  return async () => {
    const startedAt = performance.now();
    const relay = isRelayed
      ? await openRelay(context, { plan, facts, variables, needs, eager: isDownload(command) })
      : null;
    try {
      const GOPROXY = named.map(({ url, mirror }) => mirror?.goproxy ?? `${url},direct`)[0];
      const own = relay?.variables ?? (GOPROXY === undefined ? {} : { GOPROXY });
      const env = { ...context.env, ...variables, ...own };
      const { end, said } = options.retry
        ? await runAndJudge(context, command, env)
        : { end: await runInForeground(context, command, env), said: null };
      const exitCode = shellCodeOf(end);
      const added = exitCode === 0 ? [] : await kept.addedSums();
      const isRefused = database !== null && (await contradicts(facts.moduleCache, database, added));
      return {
        end,
        exitCode,
        passing:
          said && end.kind === 'ended' && exitCode !== 0
            ? passingCause(said, blame(relay?.failures() ?? [])?.cause ?? null)
            : null,
        restored: isRefused ? await kept.restore() : [],
        summary: relay?.summary() ?? emptySummary(performance.now() - startedAt),
      };
    } finally {
      await relay?.close();
    }
  };
}

/** Its output is shown, and read for what it says of a failure: the command sees a pipe then. */
async function runAndJudge(
  context: Context,
  command: readonly string[],
  env: Context['env'],
): Promise<{ end: ForegroundEnd; said: CommandWords }> {
  const watch = watchForOwnFault();
  const hear = (output: AsyncIterable<Buffer>) => readVerdict(watch.pass(output));
  const { end, heard } = await runAndHear(context, command, { env, hear, stdoutTo: 'stdout' });
  return { end, said: { cause: heard?.cause ?? null, isOwnFault: watch.seen(), isSilent: watch.isSilent() } };
}

function shellCodeOf(end: ForegroundEnd): number {
  if (end.kind === 'ended') return end.exitCode;
  return end.code === 'ENOENT' ? 127 : 126;
}

/** Of every other command nobody knows which modules go will ask for, and no name is told that it would not. */
const isDownload = (words: readonly string[]): boolean =>
  /^go(?:\.exe)? mod download(?: -\S+)*$/.test([basename(words[0]!), ...words.slice(1)].join(' '));

async function writeSummary(
  file: string,
  summary: RelaySummary & { command: string; attempts: number; exitCode: number },
): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify({ schemaVersion: 1, ...summary }, null, 2)}\n`);
  } catch (error) {
    throw new CliError('relay.bad-summary', { file, detail: error instanceof Error ? error.message : String(error) });
  }
}
