import type { Translate } from '../../messages/index.ts';
import { remarkJson } from '../remarks.ts';
import type { Current } from '../table/current.ts';

/** The fields of `current --json`. */
export function currentJson({ facts, mirror, remarks }: Current, t: Translate): object {
  const { go, envFile, values } = facts.settings;
  return {
    go,
    envFile: { path: envFile.path, exists: envFile.exists, off: envFile.off },
    settings: values,
    mirror: mirror?.name ?? null,
    remarks: remarks.map(remark => remarkJson(remark, t)),
  };
}
