import type { LabCase } from '../case.ts';
import { mirror } from './parts.ts';

/** A public mirror of the catalogue that no world has: only what a case says of it is there. */
const publicMirror = 'go-mirror.gitverse.ru';

/** The cases that also stand with a public mirror in place of one's own: another may stand in for it then. */
export const publicTwins = (cases: readonly LabCase[]): LabCase[] =>
  cases.flatMap(({ publicly, afterFix: _, ...lab }) => {
    if (publicly === undefined) return [];
    const twin = JSON.parse(JSON.stringify(lab).replaceAll(mirror, publicMirror)) as LabCase;
    return [{ ...twin, id: `public-${lab.id}`, about: `${lab.about}, and the mirror is public`, fix: publicly }];
  });
