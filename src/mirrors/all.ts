import type { GoFacts } from '../go/facts.ts';
import type { Context } from '../system/context.ts';
import { mirrorFrom, readCatalogue } from './catalogue.ts';
import { officialMirror, offlineMirror } from './from-toolchain.ts';
import type { Mirror } from './mirror.ts';
import { mirrorFromOwn, readOwnMirrors } from './own.ts';

/**
 * Every mirror known: the user's own first, then the catalogue (the file that the user gives, else the built-in one).
 * Works without go and without network. Throws a `CliError` for a damaged file.
 */
export async function allMirrors(
  context: Context,
  facts: GoFacts,
  catalogueFile: string | undefined,
): Promise<Mirror[]> {
  const [own, entries] = await Promise.all([readOwnMirrors(context), readCatalogue(context, catalogueFile)]);
  const isTaken = (name: string): boolean => own.some(mirror => mirror.name.toLowerCase() === name);
  const derived = {
    toolchain: await officialMirror(context, facts),
    'module-cache': offlineMirror(context, facts),
  };
  return [
    ...own.map(mirrorFromOwn),
    ...entries
      .filter(entry => !entry.template || !isTaken(entry.name))
      .map(entry => ({
        ...mirrorFrom(entry),
        ...(entry.derived ? derived[entry.derived] : {}),
      })),
  ];
}

/** The mirrors that are offered unasked: active ones with an address, the user's own among them. */
export function offered(mirrors: readonly Mirror[]): (Mirror & { url: string })[] {
  return mirrors.filter(
    (mirror): mirror is Mirror & { url: string } =>
      mirror.url !== null && mirror.status === 'active' && mirror.kind !== 'private',
  );
}
