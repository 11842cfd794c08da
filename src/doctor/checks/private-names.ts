import { checkModulePath } from '../../go/module-path.ts';
import type { Check } from '../check.ts';
import { problem } from '../finding.ts';
import { asksDatabaseFor } from '../judge.ts';
import { hostsOf, patternFor } from '../private-pattern.ts';

/** Modules whose names look private, but which no pattern keeps away from the public checksum database. */
export const privateNames: Check = {
  id: 'private-names',
  group: 'private',
  applies: ({ needs }) => needs.some(({ looksPrivate }) => looksPrivate),
  run: facts => {
    const { gosumdb, needs } = facts;
    const isPublic = gosumdb.ok && gosumdb.kind === 'database' && hostsOf.public.has(gosumdb.name);
    return needs
      .filter(
        need => need.looksPrivate && isPublic && checkModulePath(need.path) === null && asksDatabaseFor(need, facts),
      )
      .map(({ path, version }) => {
        const pattern = patternFor(path);
        const args = { module: `${path}@${version}`, pattern };
        return problem('fail', 'sumdb-private-module', path, { args, commands: [`go-mirror private add ${pattern}`] });
      });
  },
};
