import { stat } from 'node:fs/promises';
import { type Context, homeFolder } from './context.ts';

/** Whether this process may do everything. */
export const isRoot = (): boolean => process.geteuid?.() === 0;

/** The user on whose behalf `sudo` runs this as root, with root's home folder instead of that user's; null otherwise. */
export async function sudoUser(context: Pick<Context, 'env' | 'platform'>): Promise<string | null> {
  const { SUDO_USER: name, SUDO_UID: uid } = context.env;
  if (!isRoot() || !name || name === 'root') return null;
  const home = homeFolder(context);
  const owner = home && (await stat(home).catch(() => null));
  return owner && String(owner.uid) === uid ? null : name;
}
