import { knownDatabase } from '../../go/gosumdb.ts';
import { privatePatternOf } from '../../go/private-names.ts';
import type { Check } from '../check.ts';
import { problem } from '../finding.ts';
import { asksDatabaseFor } from '../needs.ts';

/** Modules whose names look private, but which no pattern keeps away from the public checksum database. */
export const privateNames: Check = {
  id: 'private-names',
  group: 'private',
  applies: ({ needs }) => needs.some(({ looksPrivate }) => looksPrivate),
  run: facts => {
    const { gosumdb, needs } = facts;
    const isPublic = gosumdb.ok && gosumdb.kind === 'database' && gosumdb.name === knownDatabase.name;
    return needs
      .filter(need => need.looksPrivate && isPublic && asksDatabaseFor(need, facts))
      .map(({ path, version }) => {
        const pattern = privatePatternOf(path) ?? path;
        const args = { module: `${path}@${version}`, pattern };
        return problem('fail', 'sumdb-private-module', path, { args, about: { module: path, version } });
      });
  },
};
