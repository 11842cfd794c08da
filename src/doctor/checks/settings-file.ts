import type { Check } from '../check.ts';
import { problem } from '../finding.ts';

/** A settings file that go cannot read: it takes it for empty, without a word. */
export const settingsFile: Check = {
  id: 'settings-file',
  group: 'settings',
  applies: facts => facts.settingsFile !== null,
  run: ({ settings, settingsFile: code }) => [
    problem('warn', null, settings.envFile.path ?? '', { code: 'settings-file-unreadable', detail: code ?? '' }),
  ],
};
