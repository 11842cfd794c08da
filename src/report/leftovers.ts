import type { Leftovers } from '../changes/leftovers.ts';
import type { Translate } from '../messages/index.ts';

/** What a crash left, or this run has put right, in one line. */
export function leftoverSentence(
  { journal, tookPlace, files }: Leftovers,
  tense: 'left' | 'repaired',
  t: Translate,
): string {
  if (!journal) return t(`changes.${tense}-files`, { count: files.length });
  return t(`changes.${tense}-${tookPlace ? 'finished' : 'unfinished'}`, { command: journal.command });
}
