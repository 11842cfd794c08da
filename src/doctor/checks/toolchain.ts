import type { Check } from '../check.ts';
import { note, problem } from '../finding.ts';
import { unsetting } from '../unsetting.ts';

/** The release that GOTOOLCHAIN or go.mod asks for in place of the installed one. */
export const toolchain: Check = {
  id: 'toolchain',
  group: 'go',
  applies: ({ settings }) => settings.go !== null,
  run: facts => {
    const { go, toolchain: needed, project, settings } = facts;
    const setting = settings.values.GOTOOLCHAIN;
    const args = { setting: `GOTOOLCHAIN=${setting.value}` };
    const complaint = project?.complaint;
    if (!go.switch && complaint?.release) {
      const details = { args, commands: [unsetting('GOTOOLCHAIN', facts)], detail: complaint.text };
      return [problem('fail', 'toolchain-unavailable', `go${complaint.release}`, details)];
    }
    if (!needed) return [];
    if (needed.ok) return [note('pass', 'toolchain-ready', needed.name)];
    const named = setting.value.includes(needed.name.replace(/^go/, ''));
    const commands = named ? [unsetting('GOTOOLCHAIN', facts)] : [];
    return [problem('fail', 'toolchain-unavailable', needed.name, { args, commands, detail: needed.detail })];
  },
};
