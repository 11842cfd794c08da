import { resolve } from 'node:path';
import type { Context } from '../system/context.ts';
import { CliError } from '../system/errors.ts';
import { readJson } from '../system/json-file.ts';
import builtIn from './catalogue.json' with { type: 'json' };
import type { Mirror } from './mirror.ts';
import type { Catalogue } from './schema.ts';

export type CatalogueEntry = Catalogue['mirrors'][number];

/** The built-in catalogue. Its file is held to the schema by a test, not at run time. */
const builtInEntries = builtIn.mirrors as readonly CatalogueEntry[];

/**
 * The entries of the catalogue that the user gives, else of the built-in one. What is read from the toolchain
 * (`official`, `offline`) is known with any catalogue. Throws `mirrors.bad-catalogue` with file and place.
 */
export async function readCatalogue(context: Context, file: string | undefined): Promise<readonly CatalogueEntry[]> {
  if (file === undefined) return builtInEntries;
  const path = resolve(context.cwd, file);
  const given = await readJson<Catalogue>(
    path,
    'mirrors.bad-catalogue',
    async () => (await import('./schema.ts')).catalogueSchema,
  );
  if (!given) throw new CliError('mirrors.bad-catalogue', { file: path, place: '-', detail: 'ENOENT' });
  const derived = builtInEntries.filter(
    entry => entry.derived && !given.mirrors.some(mirror => mirror.name === entry.name),
  );
  return [...given.mirrors, ...derived];
}

/** An entry as a mirror. */
export function mirrorFrom(entry: CatalogueEntry): Mirror {
  const url = entry.url ?? null;
  return {
    name: entry.name,
    aliases: entry.aliases ?? [],
    url,
    urls: entry.urls ?? [],
    hosts: entry.hosts ?? [],
    template: entry.template ?? null,
    goproxy: url && `${url},direct`,
    operator: entry.operator,
    kind: entry.kind,
    status: entry.status,
    reason: entry.reason,
    source: entry.source,
    date: entry.date,
    sumdb: entry.sumdb,
    useInstead: entry.useInstead ?? null,
  };
}
