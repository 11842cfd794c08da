import { checkModulePath } from '../../go/module-path.ts';
import type { Check } from '../check.ts';
import { problem } from '../finding.ts';

/** Names that are no module paths. */
export const modulePaths: Check = {
  id: 'module-paths',
  group: 'project',
  applies: ({ needs }) => needs.length > 0,
  run: ({ needs }) =>
    needs.flatMap(({ path }) => {
      const detail = checkModulePath(path);
      return detail === null ? [] : [problem('fail', 'malformed-module-path', path, { detail })];
    }),
};
