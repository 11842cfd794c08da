import type { CommanderError } from 'commander';
import type { Translate } from './messages/index.ts';

/** Words what commander could not understand, in the language of the run. Commander's own English is kept where it is asked for. */
export function wordUsageError(error: CommanderError, t: Translate): string {
  const english = error.message.replace(/^error: /, '').replace(/\n/g, ' ');
  const value = english.match(/'([^']*)'/)?.[1] ?? '';
  const suggestion = english.match(/Did you mean (?:one of )?([^?]+)\?/)?.[1];
  const worded = t.optional(`usage.${error.code}`, { value, detail: english });
  if (!worded || t.language === 'en') return english;
  return suggestion ? `${worded}${t('usage.did-you-mean', { suggestion })}` : worded;
}
