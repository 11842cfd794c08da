import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProbeTarget } from '../mirrors/probe-targets.ts';
import { hashGoMod, hashZip } from '../modproxy/dirhash.ts';
import type { Fault } from '../modproxy/fault.ts';
import { versionFile } from '../modproxy/proxy-file.ts';
import { withFile } from '../modproxy/source.ts';
import { ZipError } from '../modproxy/zip-error.ts';
import { codeOf } from '../system/network/failure.ts';
import type { ProofModule } from './pinned.ts';
import { emptyProbe, type MirrorProbe } from './result.ts';

/** Folders are looked into so deep for a module (`host/owner/name/sub/@v`), and so many in all: a module proxy has one early. */
const most = { depth: 8, folders: 5000 };

/**
 * Probes a `file://` mirror: the folder is there, has the layout of a module proxy, and what is asked of it is right. It fails as
 * `stalled` where that was not found out before the signal.
 */
export async function probeFolder(
  target: ProbeTarget,
  modules: readonly ProofModule[],
  signal: AbortSignal,
): Promise<MirrorProbe> {
  const probe = emptyProbe(target);
  const started = performance.now();
  const failed = (fault: Fault): MirrorProbe => ({ ...probe, ...fault, status: 'fail' });
  let folder: string;
  try {
    folder = fileURLToPath(target.url);
    await readdir(folder);
  } catch (error) {
    return failed({ ...notReadable(error), target: target.url.replace(/^file:\/\//, '') });
  }
  const found = await findModule(folder, signal);
  if (found === 'late') return failed({ cause: 'stalled', reason: null, target: folder, detail: '' });
  if (found !== 'found') {
    const where = found === 'none' ? 'below it' : `in ${most.folders} folders below it`;
    const detail = `${folder}: no module ${where} (PATH/@v/VERSION.zip)`;
    return failed({ cause: 'mirror-not-found-404-410', reason: null, target: folder, detail });
  }
  let verified: boolean | null = null;
  for (const module of modules) {
    const fault = await proveModule(folder, module);
    if (fault && fault.cause !== 'mirror-not-found-404-410') return failed(fault);
    if (!fault) verified = true;
    else if (module.source === 'go.sum' && verified === null) verified = false;
  }
  if (verified === false) {
    const detail = `${folder}: none of the project's modules`;
    return failed({ cause: 'mirror-not-found-404-410', reason: null, target: folder, detail });
  }
  const totalMs = performance.now() - started;
  return { ...probe, target: folder, content: { verified }, phases: { ...probe.phases, totalMs } };
}

/** As cmd/go/internal/web/http.go `getFile`: what is missing is a 404, what may not be read a 403. */
function notReadable(error: unknown): Omit<Fault, 'target'> {
  const code = codeOf(error);
  const denied = code === 'EACCES' || code === 'EPERM';
  return {
    cause: denied ? 'mirror-forbidden-403' : 'mirror-not-found-404-410',
    reason: null,
    detail: code || 'ENOENT',
  };
}

/** Whether a module lies below a folder, as far as it is looked through. Links may lead in circles. */
async function findModule(folder: string, signal: AbortSignal): Promise<'found' | 'none' | 'too-many' | 'late'> {
  const left = [{ path: folder, depth: 0 }];
  for (let looked = 0; looked < most.folders; looked++) {
    const next = left.pop();
    if (!next) return 'none';
    if (signal.aborted) return 'late';
    const { path, depth } = next;
    const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
    const folders = entries.filter(entry => entry.isDirectory() || entry.isSymbolicLink()).map(entry => entry.name);
    if (folders.includes('@v')) return 'found';
    if (depth === most.depth) continue;
    for (const name of folders) left.push({ path: join(path, name), depth: depth + 1 });
  }
  return 'too-many';
}

async function proveModule(folder: string, module: ProofModule): Promise<Fault | null> {
  for (const kind of ['mod', 'zip'] as const) {
    const { path } = versionFile(module.path, module.version, kind);
    const target = join(folder, path);
    try {
      const hash = kind === 'zip' ? await withFile(target, hashZip) : hashGoMod(await readFile(target));
      const expected = kind === 'zip' ? module.zipHash : module.modHash;
      const cause = module.source === 'pinned' ? 'checksum-mismatch-sumdb' : 'checksum-mismatch-gosum';
      if (hash !== expected) return { cause, reason: null, target, detail: `${hash}, expected ${expected}` };
    } catch (error) {
      if (error instanceof ZipError)
        return { cause: 'truncated-download', reason: null, target, detail: 'zip: not a valid zip file' };
      return { ...notReadable(error), target };
    }
  }
  return null;
}
