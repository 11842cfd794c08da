import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Toolchain } from '../../go/toolchain.ts';
import type { Project } from '../../project/project.ts';
import type { Context } from '../../system/context.ts';
import type { Complaint } from '../facts.ts';
import { complaintOf } from './complaint.ts';
import { offlineEnvironment } from './environment.ts';

/**
 * What go says of the project without any network: go.mod, go.work, go.sum, vendor, GOFLAGS. `go list -m` loads all of them
 * and downloads nothing. Null: it has nothing to complain about, or ran out of time.
 */
export async function checkProject(
  context: Context,
  toolchain: Toolchain,
  { flags, staysLocal }: { flags: string; staysLocal: boolean },
): Promise<Complaint | null> {
  const { exitCode, stderr } = await toolchain.run(['list', '-m', ...untouched(flags)], {
    env: offlineEnvironment(context),
  });
  // Unless GOTOOLCHAIN=local another release runs in place of this one then: the toolchain is judged by itself.
  if (exitCode === 0 || exitCode === null || (!staysLocal && /requires go >= /.test(stderr))) return null;
  return complaintOf(stderr.trim());
}

/** Lines of go.sum that go refuses, as those of a merge conflict (cmd/go/internal/modfetch/fetch.go, readGoSum). */
export async function checkSums({ main }: Project): Promise<Complaint | null> {
  for (const folder of main.map(({ file }) => dirname(file))) {
    const file = join(folder, 'go.sum');
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').map(line => line.trim().split(/\s+/));
    const bad = lines.findIndex(fields => fields[0] !== '' && fields.length !== 3);
    if (bad < 0) continue;
    const text = `malformed go.sum: ${file}:${bad + 1}: wrong number of fields ${lines[bad]!.length}`;
    return { text, cause: 'checksum-mismatch-gosum', culprit: file };
  }
  return null;
}

/**
 * The packages that a build could not find, in go's words: what go.sum lacks, what no module provides. Looks into the module
 * cache where it holds all that is needed, else into an empty one, so nothing is written to it.
 */
export async function checkPackages(
  context: Context,
  toolchain: Toolchain,
  { flags, scratch, complete }: { flags: string; scratch: string; complete: boolean },
): Promise<Complaint[]> {
  const env = {
    ...offlineEnvironment(context),
    GOCACHE: `${scratch}/build`,
    ...(complete ? {} : { GOMODCACHE: `${scratch}/none` }),
  };
  const args = ['list', ...untouched(flags), '-e', '-deps', '-json=ImportPath,Error', './...'];
  const { stdout, exitCode } = await toolchain.run(args, { env });
  if (exitCode === null) return [];
  const texts = [...stdout.matchAll(/"Err": ("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text!) as string);
  const meant = [...new Set(texts)].filter(text => /missing go\.sum entry|no required module provides/.test(text));
  return Promise.all(meant.slice(0, 5).map(complaintOf));
}

/** With `-mod=mod` in GOFLAGS go may rewrite go.mod: not when it is only asked. */
const untouched = (flags: string): string[] => (/(^|\s)--?mod=mod\b/.test(flags) ? ['-mod=readonly'] : []);
