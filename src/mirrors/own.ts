import { join } from 'node:path';
import type { Translate } from '../messages/index.ts';
import type { Context } from '../system/context.ts';
import { ownFolder } from '../system/folders.ts';
import type { Mirror } from './mirror.ts';
import { readJson } from './read-json.ts';
import type { OwnMirrors } from './schema.ts';

export type OwnMirror = OwnMirrors['mirrors'][number];

/** The file of the user's own mirrors; null without a home folder. */
export function ownMirrorsFile(context: Context): string | null {
  const folder = ownFolder(context, 'config');
  return folder && join(folder, 'mirrors.json');
}

/** The mirrors that the user has added. Throws `mirrors.bad-own-file` with file and place for a damaged file. */
export async function readOwnMirrors(context: Context): Promise<OwnMirror[]> {
  const file = ownMirrorsFile(context);
  if (!file) return [];
  const read = await readJson<OwnMirrors>(
    file,
    'mirrors.bad-own-file',
    async () => (await import('./schema.ts')).ownMirrorsSchema,
  );
  return read?.mirrors ?? [];
}

/** A saved mirror as the commands see it. */
export function mirrorFromOwn(own: OwnMirror, t: Translate): Mirror {
  return {
    ...own,
    aliases: [],
    urls: [],
    hosts: [],
    template: null,
    goproxy: `${own.url},direct`,
    operator: t('mirrors.own-operator'),
    kind: 'custom',
    status: 'active',
    reason: '',
    source: null,
    date: null,
    sumdb: null,
    useInstead: null,
  };
}
