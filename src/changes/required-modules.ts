import { readFile } from 'node:fs/promises';

/** The modules that a go.mod requires. Nothing where there is none, or it cannot be read. */
export async function requiredModules(goMod: string): Promise<string[]> {
  if (!goMod.endsWith('go.mod')) return [];
  const text = await readFile(goMod, 'utf8').catch(() => '');
  return [...text.matchAll(/^\s*(?:require\s+)?"?([\w.~-]+\.[\w.~-]+(?:\/[\w.~/-]+)?)"?\s+v\d/gm)].map(
    ([, path]) => path!,
  );
}
