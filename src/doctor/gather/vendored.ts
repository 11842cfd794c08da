import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { minorOf } from '../../go/version.ts';
import type { Project } from '../../project/project.ts';

/**
 * Whether a build takes everything from the vendor folder and fetches nothing: asked for by `-mod=vendor`, or by default where
 * go.mod says go 1.14 or later, go.work 1.22 (cmd/go/internal/modload/init.go, setDefaultBuildMod).
 */
export async function isVendored({ kind, file, main }: Project, flags: string): Promise<boolean> {
  const mode = /(?:^|\s)--?mod=(\S+)/.exec(flags)?.[1];
  const byDefault = kind === 'module' && (minorOf(`go${main[0]?.go ?? '1.13'}`) ?? 0) >= 14;
  if (mode ? mode !== 'vendor' : !byDefault) return false;
  return access(join(dirname(file), 'vendor/modules.txt')).then(
    () => true,
    () => false,
  );
}
