import { findLeftovers } from '../changes/leftovers.ts';
import { leftoverSentence } from '../report/leftovers.ts';
import { ownFolder } from '../system/folders.ts';
import type { Invocation } from './command.ts';

/** Says on stderr what a go-mirror that was killed has left. For commands that only read: nothing is repaired. */
export async function mentionLeftovers({ context, out, t }: Invocation, settingsFile: string | null): Promise<void> {
  const folder = ownFolder(context, 'state');
  const found = folder && (await findLeftovers(folder, settingsFile).catch(() => null));
  if (found) out.warn(leftoverSentence(found, 'left', t));
}
