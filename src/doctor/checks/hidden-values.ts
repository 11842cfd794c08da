import type { Check } from '../check.ts';
import { problem } from '../finding.ts';
import { hiddenSettings } from '../hidden.ts';
import { pullWorks } from '../judge.ts';

/** Variables of the environment that hide what the settings file says: a fault where the hidden value works and this one does not. */
export const hiddenValues: Check = {
  id: 'hidden-values',
  group: 'settings',
  applies: ({ settings }) => hiddenSettings(settings).length > 0,
  run: facts => {
    const instead = facts.fileWorks === true && !pullWorks(facts);
    return hiddenSettings(facts.settings).map(({ name, value, inFile }) => {
      const details = { args: { value, shadowed: inFile }, commands: [`unset ${name}`] };
      return instead
        ? problem('fail', 'env-overridden', name, details)
        : problem('warn', 'env-overridden', name, { ...details, code: 'hidden-value' });
    });
  },
};
