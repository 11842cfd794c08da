import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { profileVariables } from '../changes/environment.ts';
import { readGoFacts } from '../go/facts.ts';
import { needsOf } from '../relay/needs.ts';
import { prepare } from '../relay/prepare.ts';
import { emptySummary, openRelay, type RelaySummary } from '../relay/session.ts';
import { reporters } from '../report/reporters.ts';
import { CliError } from '../system/errors.ts';
import { runInForeground } from '../system/foreground.ts';
import type { Command } from './command.ts';

interface RunOptions {
  mirror?: string[];
  summary?: string;
}

/** Runs one command with other settings, nothing written. Ends as the command ends. */
export const run: Command<RunOptions> = async ({ context, out, t, name, args, options, passthrough }) => {
  // Without `--` the flags of the command would be read as ours.
  if (args.length > 0) throw new CliError('relay.needs-dashes');
  const [command, ...rest] = passthrough ?? [];
  if (command === undefined) throw new CliError('relay.no-command');
  const facts = await readGoFacts(context);
  const { plan, mirrors, named } = await prepare(context, facts, options);
  const variables = profileVariables(facts.settings, mirrors, named);
  // One mirror is the plain switch: its own word counts, without another to stand in for it.
  const relay =
    plan && named.length !== 1
      ? await openRelay(context, {
          plan,
          facts,
          variables,
          needs: await needsOf(context, facts, []),
          eager: isDownload(passthrough!),
        })
      : null;
  const goproxy = named.map(({ url, mirror }) => mirror?.goproxy ?? `${url},direct`)[0];
  const startedAt = performance.now();
  try {
    const env = {
      ...context.env,
      ...variables,
      ...(goproxy === undefined ? {} : { GOPROXY: goproxy }),
      ...relay?.variables,
    };
    const end = await runInForeground(context, command, rest, env);
    const exitCode = end.kind === 'ended' ? end.exitCode : end.code === 'ENOENT' ? 127 : 126;
    if (end.kind === 'not-started') {
      const words = { command, detail: end.detail };
      out.warn(end.code === 'ENOENT' ? t('relay.not-found', words) : t('relay.not-executable', words));
    }
    const summary = relay?.summary() ?? emptySummary(performance.now() - startedAt);
    if (relay && summary.bytes > 0) out.note((await reporters.table.pull()).doneLine(summary, t));
    if (options.summary)
      await writeSummary(resolve(context.cwd, options.summary), { command: name, ...summary, exitCode });
    return exitCode;
  } finally {
    await relay?.close();
  }
};

/** Of every other command nobody knows which modules go will ask for, and no name is told that it would not. */
const isDownload = (words: readonly string[]): boolean =>
  /^go(?:\.exe)? mod download(?: -\S+)*$/.test([basename(words[0]!), ...words.slice(1)].join(' '));

async function writeSummary(
  file: string,
  summary: RelaySummary & { command: string; exitCode: number },
): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify({ schemaVersion: 1, ...summary }, null, 2)}\n`);
  } catch (error) {
    throw new CliError('relay.bad-summary', { file, detail: error instanceof Error ? error.message : String(error) });
  }
}
