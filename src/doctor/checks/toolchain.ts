import type { Check } from '../check.ts';
import { note, problem } from '../finding.ts';

/** The release that GOTOOLCHAIN or go.mod asks for in place of the installed one. */
export const toolchain: Check = {
  id: 'toolchain',
  group: 'go',
  applies: ({ settings }) => settings.go !== null,
  run: ({ go, toolchain: needed, project, settings }) => {
    const setting = settings.values.GOTOOLCHAIN;
    const tooOld = /requires go >= (\S+)/.exec(project?.complaint?.text ?? '');
    if (!go.switch && tooOld) {
      const target = `go${tooOld[1]}`;
      const args = { setting: `GOTOOLCHAIN=${setting.value}` };
      const commands = setting.source === 'os' ? ['unset GOTOOLCHAIN'] : ['go env -u GOTOOLCHAIN'];
      return [problem('fail', 'toolchain-unavailable', target, { args, commands, detail: project!.complaint!.text })];
    }
    if (!needed) return [];
    if (needed.ok) return [note('pass', 'toolchain-ready', needed.name)];
    const named = setting.value.includes(needed.name.replace(/^go/, ''));
    const args = { setting: `GOTOOLCHAIN=${setting.value}` };
    const commands = named ? ['go env -u GOTOOLCHAIN'] : [];
    return [problem('fail', 'toolchain-unavailable', needed.name, { args, commands, detail: needed.detail })];
  },
};
