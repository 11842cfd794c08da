import { hasGatekeeper } from '../../mirrors/gatekeepers.ts';
import type { Check } from '../check.ts';
import { ofRemark, problem } from '../finding.ts';
import { hiddenSettings } from '../hidden.ts';
import { pullWorks } from '../needs.ts';
import { unsetting } from '../unsetting.ts';

/** Variables of the environment that hide what the settings file says: a fault where the hidden value works and this one does not. */
export const hiddenValues: Check = {
  id: 'hidden-values',
  group: 'settings',
  applies: ({ remarks }) => remarks.some(({ code }) => code === 'hides'),
  run: facts => {
    const instead = facts.fileWorks === true && !pullWorks(facts);
    // What an organisation puts into the environment is not to be taken out for what stands in a file.
    const mayGo = !hasGatekeeper(facts);
    const inFile = new Map(hiddenSettings(facts.settings).map(({ name, inFile: value }) => [name, value]));
    return facts.remarks
      .filter(({ code }) => code === 'hides')
      .map(remark => {
        const { setting } = remark;
        const commands = mayGo ? [unsetting(setting, facts)] : [];
        if (!instead) return ofRemark(remark, 'warn', 'env-overridden', { commands });
        const args = { value: facts.settings.values[setting].value, shadowed: inFile.get(setting) ?? '' };
        return problem('fail', 'env-overridden', setting, { args, commands, about: { setting } });
      });
  },
};
