import type { Check } from '../check.ts';
import { problem } from '../finding.ts';

/** Names that are no module paths, and versions that are none. */
export const modulePaths: Check = {
  id: 'module-paths',
  group: 'project',
  applies: ({ refused }) => refused.length > 0,
  run: ({ refused }) =>
    refused.map(({ path, version, message }) => {
      const ofPath = message.includes('module path');
      const details = { about: { module: path, version }, detail: message };
      return ofPath
        ? problem('fail', 'malformed-module-path', path, details)
        : problem('fail', 'module-invalid', `${path}@${version}`, { ...details, code: 'malformed-version' });
    }),
};
