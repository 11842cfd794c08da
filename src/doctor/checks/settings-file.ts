import type { Check } from '../check.ts';
import { ofRemark, problem } from '../finding.ts';

/** A settings file that go cannot read, which it takes for empty, and lines of it that go passes over: both without a word. */
export const settingsFile: Check = {
  id: 'settings-file',
  group: 'settings',
  applies: ({ settingsFile, settings }) => settingsFile !== null || settings.envFile.ignored.length > 0,
  run: ({ settings, settingsFile, remarks }) => {
    const file = settings.envFile.path ?? '';
    const unreadable = problem('warn', null, file, { code: 'settings-file-unreadable', detail: settingsFile ?? '' });
    const ignored = remarks.filter(({ code }) => code === 'line-ignored').map(remark => ofRemark(remark, 'warn'));
    return [...(settingsFile === null ? [] : [unreadable]), ...ignored];
  },
};
