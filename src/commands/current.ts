import { dirname } from 'node:path';
import { readGoFacts } from '../go/facts.ts';
import { judgeSettings } from '../go/judge-settings.ts';
import { unlistedToolchain } from '../go/toolchain.ts';
import { allMirrors } from '../mirrors/all.ts';
import { mirrorOf } from '../mirrors/find.ts';
import { lookUpIn } from '../mirrors/look-up.ts';
import { reporters } from '../report/reporters.ts';
import type { Command } from './command.ts';
import { mentionLeftovers } from './leftovers.ts';

/** Each setting in effect: value, where it comes from, what it hides; and which mirror that is. */
export const current: Command = async invocation => {
  const { context, out, options, t } = invocation;
  const facts = await readGoFacts(context);
  const { settings } = facts;
  const mirrors = await allMirrors(context, facts, options.catalogue);
  const path = facts.toolchain ? null : await unlistedToolchain(context);
  const shown = {
    facts,
    mirror: mirrorOf(mirrors, settings.values.GOPROXY.value),
    remarks: judgeSettings(settings, lookUpIn(mirrors)),
    unlisted: path === null ? null : { path, folder: dirname(path) },
  };
  if (options.json) out.json('current', (await reporters.json.current())(shown, t));
  const { currentTable, warningsOfGo } = await reporters.table.current();
  out.show(warningsOfGo(shown, out.drawing(t)));
  await mentionLeftovers(invocation, settings.envFile.path);
  if (!options.json) out.show(currentTable(shown, out.drawing(t)));
  return 0;
};
