import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { goflag } from '../../go/goflags.ts';
import { minorOf } from '../../go/version.ts';
import type { Project } from '../../project/project.ts';
import { readText } from '../../system/regular-file.ts';

/**
 * Whether a build takes everything from the vendor folder and fetches nothing: asked for by `-mod=vendor`, or by default where the
 * go line says 1.14 or later and the folder was made in the same mode, for a workspace or for a module
 * (cmd/go/internal/modload/init.go, `setDefaultBuildMod`; workspaces since Go 1.22).
 */
export async function isVendored(
  { kind, file, go }: Project,
  { flags, goVersion }: { flags: string; goVersion: string },
): Promise<boolean> {
  const folder = join(dirname(file), 'vendor');
  const isThere = await stat(folder).then(
    found => found.isDirectory(),
    () => false,
  );
  if (!isThere) return false;
  const mode = goflag(flags, 'mod');
  if (mode !== null) return mode === 'vendor';
  if (kind === 'workspace' && (minorOf(goVersion) ?? 22) < 22) return false;
  if (go === null || (minorOf(`go${go}`) ?? 0) < 14) return false;
  const list = (await readText(join(folder, 'modules.txt'))) ?? '';
  return isForWorkspace(list) === (kind === 'workspace');
}

/** As `modulesTextIsForWorkspace`: the first line says `## workspace`. */
function isForWorkspace(list: string): boolean {
  const [, annotations] = /^## (.*)/.exec(list.slice(0, 512)) ?? [];
  return annotations?.split(';').some(entry => entry.trim() === 'workspace') ?? false;
}
