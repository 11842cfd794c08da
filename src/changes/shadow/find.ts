import { type Context, variable } from '../../system/context.ts';
import { assignmentsIn, leadsTo } from './assignments.ts';
import { clearCommand } from './clear.ts';
import { placesOf } from './places.ts';
import { inRegistry } from './registry.ts';
import type { Shadow, ShadowOrigin } from './shadow.ts';

/** Where a variable of the environment comes from, and how to clear it. Reads the files of shells and tools, on Windows the registry. */
export async function findShadow(context: Context, name: string): Promise<Shadow> {
  const value = variable(context, name) ?? '';
  const registered = await inRegistry(context, name);
  const same = registered.find(({ text }) => text.split(/ {2,}|\t/).at(-1) === value);
  const { origin, differing } = same ? { origin: same, differing: null } : await inFiles(context, name, value);
  const other = differing ?? registered[0] ?? null;
  const clear = clearCommand(context, name, origin);
  return { variable: name, value, origin, differing: origin ? null : other, clear };
}

/** Of the files that set it, the first whose last line sets the value in effect; else one whose line may lead to that. */
async function inFiles(context: Context, name: string, value: string): Promise<Pick<Shadow, 'origin' | 'differing'>> {
  let maybe: ShadowOrigin | null = null;
  let differing: ShadowOrigin | null = null;
  for await (const { file, reader, text } of placesOf(context)) {
    for (const assignment of assignmentsIn(text, name, reader).reverse()) {
      const origin = { file, line: assignment.line, text: assignment.text, scope: null, reader };
      const leads = leadsTo(assignment, value);
      if (leads === 'surely') return { origin, differing: null };
      if (leads === 'maybe') maybe ??= origin;
      else differing ??= origin;
    }
  }
  return { origin: maybe, differing };
}
