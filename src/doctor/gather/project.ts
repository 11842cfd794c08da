import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { goflag } from '../../go/goflags.ts';
import type { Toolchain } from '../../go/toolchain.ts';
import type { Project } from '../../project/project.ts';
import type { Context } from '../../system/context.ts';
import type { Complaint } from '../facts.ts';
import { complaintOf } from './complaint.ts';
import { offlineEnvironment } from './environment.ts';

interface Question {
  project: Project;
  /** GOFLAGS. */
  flags: string;
  scratch: string;
  moduleCache: string;
}

/**
 * What go says of the project without any network: go.mod, go.work, go.sum, vendor, GOFLAGS. `go list -m` loads all of them
 * and downloads nothing. Null: it has nothing to complain about, or ran out of time.
 */
export async function checkProject(
  context: Context,
  toolchain: Toolchain,
  { staysLocal, ...question }: Question & { staysLocal: boolean },
): Promise<Complaint | null> {
  const { exitCode, stderr } = await toolchain.run(['list', '-m', ...untouched(question)], {
    env: offlineEnvironment(context, question.scratch, question.moduleCache),
    signal: context.signal,
    group: true,
  });
  // Unless GOTOOLCHAIN=local another release runs in place of this one then: the toolchain is judged by itself.
  if (exitCode === 0 || exitCode === null || (!staysLocal && /requires go >= /.test(stderr))) return null;
  const text = withoutLookups(stderr.trim());
  return text === '' ? null : complaintOf(text);
}

/** A version that is none (`1.5.2`, `master`) has to be looked up, which is forbidden here: a real download tells what comes of it. */
function withoutLookups(text: string): string {
  const lines = text.split('\n').filter(line => !line.includes('module lookup disabled by GOPROXY=off'));
  return lines.length === 1 && /^go: errors parsing \S+:$/.test(lines[0]!) ? '' : lines.join('\n');
}

/** Lines of go.sum that go refuses, as those of a merge conflict. */
export function checkSums({ malformedSum }: Project): Complaint | null {
  if (!malformedSum) return null;
  const { file, line, fields, ofConflict } = malformedSum;
  const text = `malformed go.sum: ${file}:${line}: wrong number of fields ${fields}`;
  return { text, cause: 'module-invalid', culprit: file, ...(ofConflict ? { conflict: true } : {}) };
}

/**
 * The packages that a build could not find, in go's words: what go.sum lacks, what no module provides. Looks into the module
 * cache where all that is needed lies unpacked in it, else into an empty one, so nothing is written to it.
 */
export async function checkPackages(
  context: Context,
  toolchain: Toolchain,
  { complete, ...question }: Question & { complete: boolean },
): Promise<Complaint[]> {
  const env = {
    ...offlineEnvironment(context, question.scratch, question.moduleCache),
    ...(complete ? {} : { GOMODCACHE: join(question.scratch, 'none') }),
  };
  const args = ['list', ...untouched(question), '-e', '-deps', '-json=ImportPath,Error', './...'];
  const { stdout, exitCode } = await toolchain.run(args, { env, signal: context.signal, group: true });
  if (exitCode === null) return [];
  const texts = [...stdout.matchAll(/"Err": ("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text!) as string);
  const isOfOthers = question.project.kind === 'workspace' && hasOwnModule(context.cwd, question.project.file);
  const telling = isOfOthers ? [...complaints, /does not contain modules listed in go\.work/] : complaints;
  const meant = [...new Set(texts)].filter(text => telling.some(one => one.test(text)));
  return Promise.all(meant.slice(0, 5).map(complaintOf));
}

const complaints = [/missing go\.sum entry/, /no required module provides/, /-mod=vendor/];

/** Whether a go.mod stands between this folder and the one of go.work: it is meant to be built, and the workspace may not name it. */
function hasOwnModule(cwd: string, workFile: string): boolean {
  for (let folder = cwd; folder !== dirname(workFile); folder = dirname(folder)) {
    if (existsSync(join(folder, 'go.mod'))) return true;
    if (folder === dirname(folder)) return false;
  }
  return false;
}

/** With `-mod=mod` in GOFLAGS go may rewrite go.mod: not when it is only asked. In a workspace it refuses that flag itself. */
const untouched = ({ project, flags }: Question): string[] =>
  goflag(flags, 'mod') === 'mod' && project.kind !== 'workspace' ? ['-mod=readonly'] : [];
