import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { arch, homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'go-mirror-lab', 'node');

/**
 * Path of the executable of another Node.js line (`18`, `20.19`, `22` …), installed from npm into the lab's cache once.
 * Throws where it cannot be had: a test that needs it fails, and says why.
 */
export async function nodeRelease(line: string): Promise<string> {
  const folder = join(cache, line);
  const executable = join(folder, 'node_modules', `node-linux-${arch()}`, 'bin/node');
  if (existsSync(executable)) return executable;
  await mkdir(cache, { recursive: true });
  const made = await mkdtemp(join(cache, `.${line}-`));
  await promisify(execFile)('npm', ['install', '--no-save', '--prefix', made, `node-linux-${arch()}@${line}`]);
  try {
    await rename(made, folder);
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    if (!existsSync(executable)) throw error;
  }
  return executable;
}
