import { readGoFacts } from '../go/facts.ts';
import { allMirrors } from '../mirrors/all.ts';
import { isInEffect } from '../mirrors/find.ts';
import { reporters } from '../report/reporters.ts';
import type { Command } from './command.ts';
import { mentionLeftovers } from './leftovers.ts';

/** The mirrors known, and which of them is in effect. */
export const ls: Command = async invocation => {
  const { context, out, t, name, options } = invocation;
  const facts = await readGoFacts(context);
  const { GOPROXY } = facts.settings.values;
  const mirrors = (await allMirrors(context, facts, options.catalogue)).map(mirror => ({
    ...mirror,
    current: isInEffect(mirror, GOPROXY.value),
  }));
  await mentionLeftovers(invocation, facts.settings.envFile.path);
  if (options.json) out.json(name, (await reporters.json.ls())(mirrors, t));
  else out.show((await reporters.table.ls()).lsTable(mirrors, out.drawing(t)));
  return 0;
};
