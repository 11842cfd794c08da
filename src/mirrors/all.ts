import { type GoFacts, readGoFacts } from '../go/facts.ts';
import type { Translate } from '../messages/index.ts';
import type { Context } from '../system/context.ts';
import { mirrorFrom, readCatalogue } from './catalogue.ts';
import { officialMirror, offlineMirror } from './from-toolchain.ts';
import type { Mirror } from './mirror.ts';
import { mirrorFromOwn, readOwnMirrors } from './own.ts';

/**
 * Every mirror known: the user's own first, then the catalogue (the file that the user gives, else the built-in one).
 * Works without go and without network. `facts` saves asking go again. Throws a `CliError` for a damaged file.
 */
export async function allMirrors(
  context: Context,
  catalogueFile: string | undefined,
  t: Translate,
  facts?: GoFacts,
): Promise<Mirror[]> {
  const [own, entries, known] = await Promise.all([
    readOwnMirrors(context),
    readCatalogue(context, catalogueFile),
    facts ?? readGoFacts(context),
  ]);
  const isTaken = (name: string): boolean => own.some(mirror => mirror.name.toLowerCase() === name);
  const derived = {
    toolchain: await officialMirror(context, known),
    'module-cache': offlineMirror(context, known),
  };
  return [
    ...own.map(mirror => mirrorFromOwn(mirror, t)),
    ...entries
      .filter(entry => !entry.template || !isTaken(entry.name))
      .map(entry => ({
        ...mirrorFrom(entry, t.language),
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
