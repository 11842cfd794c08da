import { readFile, writeFile } from 'node:fs/promises';
import { parseEnvFile } from '../go/env-file.ts';
import { withoutTrace } from '../go/go-env.ts';
import type { Toolchain } from '../go/toolchain.ts';
import type { Context } from '../system/context.ts';
import { CliError } from '../system/errors.ts';
import { wordedGoRefusal } from '../system/file-error.ts';
import { untrusted } from '../system/text.ts';
import { editEnvText } from './env-file.ts';
import type { Wanted } from './plan.ts';
import type { Snapshot } from './target.ts';

/** Makes the settings file that a change leads to at this path, where nothing is yet: a copy of the one before, edited by go itself. */
export async function makeChanged(
  context: Context,
  go: Toolchain | null,
  { file, before, wanted }: { file: string; before: Snapshot; wanted: Wanted },
  copy: string,
): Promise<void> {
  if (before.exists) await writeFile(copy, before.bytes, { mode: 0o600, flag: 'wx' });
  await (go ? writeWithGo(context, go, file, copy, wanted) : writeWithoutGo(copy, wanted));
}

/** Has go itself edit a copy of the settings `file`: one `go env -w`, and one `go env -u` where a key is to go. */
async function writeWithGo(context: Context, go: Toolchain, file: string, copy: string, wanted: Wanted): Promise<void> {
  const keys = new Set([...wanted.keys(), 'GOFLAGS', 'GO111MODULE']);
  const kept = Object.entries(context.env).filter(([name]) => !keys.has(name));
  const quiet = withoutTrace(context, { kind: 'file', path: copy });
  const env = { ...Object.fromEntries(kept), ...quiet, GOENV: copy, GOTOOLCHAIN: 'local' };
  const set = [...wanted].flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`]));
  const unset = [...wanted].flatMap(([key, value]) => (value === null ? [key] : []));
  for (const args of [
    ['-w', ...set],
    ['-u', ...unset],
  ]) {
    if (args.length === 1) continue;
    const ended = await go.ask(['env', ...args], { env, timeoutMs: 30_000 });
    context.signal.throwIfAborted();
    const said = untrusted(ended.stderr.replaceAll(copy, '…'), 500) || ended.startError || '-';
    if (ended.exitCode !== 0) throw wordedGoRefusal(said, file);
  }
}

/** Edits the copy in Go's own format, where there is no go. */
async function writeWithoutGo(copy: string, wanted: Wanted): Promise<void> {
  const text = await readFile(copy, 'latin1').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const bytes = [...wanted].map(([key, value]) => [key, value && Buffer.from(value).toString('latin1')] as const);
  await writeFile(copy, editEnvText(text, new Map(bytes)), 'latin1');
}

/** Throws unless the new file says exactly what was planned, and of all other keys what it said before. */
export function assertAsPlanned(before: Snapshot, after: Snapshot, wanted: Wanted): void {
  const expected = parseEnvFile(before.bytes.toString());
  for (const [key, value] of wanted) {
    if (value === null) expected.delete(key);
    else expected.set(key, value);
  }
  const found = parseEnvFile(after.bytes.toString());
  for (const key of new Set([...expected.keys(), ...found.keys()])) {
    if (expected.get(key) !== found.get(key)) throw new CliError('changes.not-as-planned', { key }, 1);
  }
}
