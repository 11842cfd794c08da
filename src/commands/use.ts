import { stateFolder, supersededChoice } from '../changes/history.ts';
import { keepRequest, planUse, type UseOptions, useRequest } from '../changes/plan-use.ts';
import { settingsTarget } from '../changes/target.ts';
import { valueInFile } from '../changes/value-in-file.ts';
import { readGoFacts } from '../go/facts.ts';
import { knownDatabase } from '../go/gosumdb.ts';
import { allMirrors } from '../mirrors/all.ts';
import { readProject } from '../project/read.ts';
import { CliError } from '../system/errors.ts';
import { sudoUser } from '../system/user.ts';
import { runChange } from './change-flow.ts';
import { chooseMirror } from './choose-mirror.ts';
import type { Command } from './command.ts';
import { probeAfter } from './probe-after.ts';

interface Options extends UseOptions {
  fastest?: boolean;
  /** False with --no-probe. */
  probe: boolean;
  withoutGo?: boolean;
  dryRun?: boolean;
}

export const use: Command<Options> = async invocation => {
  const { context, args, options } = invocation;
  const facts = await readGoFacts(context);
  if (!facts.settings.go && !options.withoutGo) throw new CliError('error.go-missing');
  if (args.length > 0 && options.fastest) throw new CliError('use.either');
  const mirrors = await allMirrors(context, facts, options.catalogue);
  const fastest = options.fastest
    ? await (await import('./fastest-mirror.ts')).fastestMirror(invocation, mirrors, facts.settings)
    : null;
  const text = args[0] ?? fastest?.name ?? (await chooseMirror(invocation, mirrors, facts.settings));
  const project = await readProject(context, facts);
  const request = {
    ...(fastest?.isKept
      ? keepRequest(mirrors, facts.settings.values.GOPROXY.value, options)
      : useRequest(mirrors, text, options)),
    modules: (project?.main ?? []).flatMap(({ requires }) => requires).map(({ path }) => path),
    sudoUser: await sudoUser(context),
  };
  const { choice } = request;
  const { withoutGo, dryRun } = options;
  return runChange(invocation, {
    facts,
    what: `GOPROXY=${choice.value}`,
    json: { mirror: choice.proxies[0]?.name ?? null, ...(fastest && { fastest: fastest.json }) },
    withoutGo,
    dryRun,
    plan: async settings => {
      const superseded = async () =>
        supersededChoice(stateFolder(context), await settingsTarget(context, settings), 'GOSUMDB');
      const isAlias = valueInFile(settings, 'GOSUMDB') === knownDatabase.alias;
      return planUse(settings, { ...request, chosenOver: isAlias ? await superseded() : undefined });
    },
    after: async ({ settings }) => (options.probe ? probeAfter(context, choice, settings) : []),
  });
};
