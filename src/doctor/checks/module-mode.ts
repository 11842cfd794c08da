import type { Check } from '../check.ts';
import { ofRemark } from '../finding.ts';
import { unsetting } from '../unsetting.ts';
import { remarksOnValue } from '../value-remarks.ts';

/** GO111MODULE: `off` switches GOPROXY off altogether, and an unknown value stops go. */
export const moduleMode: Check = {
  id: 'module-mode',
  group: 'settings',
  applies: () => true,
  run: facts =>
    remarksOnValue(facts, 'GO111MODULE').map(remark =>
      ofRemark(remark, 'fail', 'gopath-mode', { commands: [unsetting('GO111MODULE', facts)] }),
    ),
};
