import { goflag } from '../../go/goflags.ts';
import type { Check } from '../check.ts';
import { type Finding, ofRemark, problem } from '../finding.ts';
import { unsetting } from '../unsetting.ts';
import { remarksOnValue } from '../value-remarks.ts';

/** GOFLAGS: what go refuses, and what does not do what its name says. */
export const goFlags: Check = {
  id: 'go-flags',
  group: 'settings',
  applies: ({ settings }) => settings.values.GOFLAGS.value !== '',
  run: facts => {
    const { settings, go, project, files, needs } = facts;
    const { value } = settings.values.GOFLAGS;
    const commands = [unsetting('GOFLAGS', facts)];
    const about = { setting: 'GOFLAGS' as const };
    const own = remarksOnValue(facts, 'GOFLAGS');
    const said = own.flatMap((remark): Finding[] => {
      if (remark.level === 'fail') return [ofRemark(remark, 'fail', 'not-a-pull-problem', { commands })];
      // What a build takes from the vendor folder is as it was meant to be where that is there.
      if (remark.code === 'flag-vendor' && files !== null && needs.length === 0) return [];
      // What was meant is written in its place.
      return remark.level === 'warn'
        ? [ofRemark(remark, 'warn', null, { commands: remark.meant === null ? commands : [] })]
        : [];
    });
    if (said.some(({ status }) => status === 'fail')) return said;
    const words = [go.fault?.message, go.switch?.message, project?.complaint?.text].find(text =>
      text?.includes('GOFLAGS'),
    );
    const mode = goflag(value, 'mod');
    const refused = files?.kind === 'workspace' && mode !== null && mode !== 'readonly' && mode !== 'vendor';
    if (words === undefined && !refused) return said;
    const code = words === undefined ? 'go-flags-in-workspace' : 'go-flags-refused';
    const detail = words?.split('\n')[0] ?? '';
    return [
      problem('fail', 'not-a-pull-problem', 'GOFLAGS', { code, args: { value }, commands, about, detail }),
      ...said,
    ];
  },
};
