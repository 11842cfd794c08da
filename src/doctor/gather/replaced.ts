import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { Project } from '../../project/project.ts';
import type { ProjectFacts } from '../facts.ts';

/** The folders that stand in for a required module and hold no go.mod. */
export function missingFolders({ main }: Project): ProjectFacts['missingFolders'] {
  return main.flatMap(({ file, replaces, requires }) =>
    replaces
      .filter(({ path, newVersion }) => newVersion === null && requires.some(required => required.path === path))
      .map(({ path: module, newPath: folder }) => ({ module, folder }))
      .filter(({ folder }) => !existsSync(join(isAbsolute(folder) ? folder : join(dirname(file), folder), 'go.mod'))),
  );
}
