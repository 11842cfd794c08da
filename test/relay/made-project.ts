import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { madeModule } from '../lab/made-module.ts';
import { labMirror } from '../lab/mirror.ts';
import { sandbox } from '../lab/sandbox.ts';
import { seeded } from './random.ts';

/** A small project whose modules are made on the spot, and what an undisturbed pull of it leaves. */
export interface MadeProject {
  /** What a healthy mirror serves. */
  files: Record<string, Buffer>;
  goMod: string;
  goSum: string;
  /** Every file of the module cache by its hash. */
  cache: Map<string, string>;
}

/** Modules `made.test/m0`, `m1` ... of quite different sizes, each requiring the one before it. */
export async function madeProject(count = 10): Promise<MadeProject> {
  const random = seeded(7);
  const names = Array.from({ length: count }, (_, index) => `made.test/m${index}`);
  const files: Record<string, Buffer> = {};
  for (const [index, name] of names.entries()) {
    const before = index > 0 ? `\nrequire ${names[index - 1]} v1.0.0\n` : '';
    const noise = Array.from({ length: 400 * 3 ** (index % 5) }, () => random.next().toString(36)).join('\n');
    const goMod = `module ${name}\n\ngo 1.21\n${before}`;
    Object.assign(files, madeModule(name, { 'v1.0.0': { 'go.mod': goMod, 'noise.txt': noise } }));
  }
  const goMod = `module made.test/main\n\ngo 1.21\n\nrequire (\n${names.map(name => `\t${name} v1.0.0\n`).join('')})\n`;
  const mirror = await labMirror({ files });
  const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off', GOFLAGS: '-modcacherw' } });
  await writeProject(box.work, { goMod, goSum: '' });
  const ended = await box.go(['mod', 'download', ...names], { timeoutMs: 600_000 });
  if (ended.exitCode !== 0) throw new Error(ended.stderr);
  const goSum = await readFile(join(box.work, 'go.sum'), 'utf8');
  const cache = await cacheOf(box.moduleCache);
  await mirror.close();
  await box.remove();
  return { files, goMod, goSum, cache };
}

export async function writeProject(
  folder: string,
  { goMod, goSum }: Pick<MadeProject, 'goMod' | 'goSum'>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'go.mod'), goMod);
  if (goSum) await writeFile(join(folder, 'go.sum'), goSum);
}

/** The files of a module cache with their hashes, locks and what go keeps of the checksum database left out. */
export async function cacheOf(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1);
    if (!entry.isFile() || name.endsWith('lock') || name.startsWith('cache/download/sumdb')) continue;
    found.set(
      name,
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
  }
  return found;
}
