import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from '../system/context.ts';
import { CliError } from '../system/errors.ts';
import { worded } from '../system/file-error.ts';
import { makeFolder, writeWhole } from '../system/files.ts';
import { ownFolder } from '../system/folders.ts';
import { readJson } from '../system/json-file.ts';
import { withLock } from '../system/lock.ts';
import { rememberSecrets } from '../system/secrets.ts';
import type { Mirror } from './mirror.ts';
import type { OwnMirrors } from './schema.ts';

export type OwnMirror = OwnMirrors['mirrors'][number];

/** The file of the user's own mirrors; null without a home folder. */
function ownMirrorsFile(context: Context): string | null {
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
  const mirrors = read?.mirrors ?? [];
  for (const { url, gosumdb } of mirrors) for (const value of [url, gosumdb ?? '']) rememberSecrets(value);
  return mirrors;
}

/** A saved mirror as the commands see it. */
export function mirrorFromOwn(own: OwnMirror): Mirror {
  return {
    ...own,
    aliases: [],
    urls: [],
    hosts: [],
    template: null,
    goproxy: `${own.url},direct`,
    operator: null,
    kind: 'custom',
    status: 'active',
    reason: '',
    source: null,
    date: null,
    sumdb: null,
    useInstead: null,
  };
}

/**
 * Changes the file of the user's own mirrors: one go-mirror at a time, the file replaced as a whole, 0600 as it may hold passwords.
 * `edit` returns the new list, or null to leave it as it is. Throws a `CliError` that names path and reason.
 */
export async function editOwnMirrors(
  context: Context,
  edit: (mirrors: readonly OwnMirror[]) => readonly OwnMirror[] | null,
): Promise<void> {
  const named = ownMirrorsFile(context);
  const state = ownFolder(context, 'state');
  if (!named || !state) throw new CliError('error.no-home');
  const file = await realpath(named).catch(() => named);
  try {
    await withLock(context, state, async () => {
      const mirrors = edit(await readOwnMirrors(context));
      if (!mirrors) return;
      await makeFolder(dirname(file), 0o700);
      await writeWhole(file, `${JSON.stringify({ version: 1, mirrors }, null, 2)}\n`, 0o600);
    });
  } catch (error) {
    throw worded(error, file);
  }
}
