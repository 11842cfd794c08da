import type { Check } from '../check.ts';
import { ofRemark } from '../finding.ts';
import { originNeeds } from '../needs.ts';
import { unsetting } from '../unsetting.ts';

/** GOVCS: whether go can read it. It does so as soon as a module comes from its origin. */
export const govcsValue: Check = {
  id: 'govcs-value',
  group: 'settings',
  applies: ({ remarks }) => remarks.some(({ setting, level }) => setting === 'GOVCS' && level === 'fail'),
  run: facts => {
    const status = originNeeds(facts).length > 0 ? 'fail' : 'warn';
    const commands = [unsetting('GOVCS', facts)];
    return facts.remarks
      .filter(({ setting, level }) => setting === 'GOVCS' && level === 'fail')
      .map(remark => ofRemark(remark, status, 'govcs-disallowed', { commands }));
  },
};
