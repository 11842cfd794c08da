import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { execute } from './machine.ts';

/**
 * Installs the Debian packages of commands and files that this machine has not: `await ensureDebianPackages({ ip: 'iproute2' })`
 * (command or absolute path: package). Throws, saying what to install, where it may not.
 */
export async function ensureDebianPackages(commands: Readonly<Record<string, string>>): Promise<void> {
  const missing = Object.entries(commands).filter(([command]) => !isInstalled(command));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map(([, name]) => name))];
  const advice = `The tests need ${missing.map(([command]) => command).join(', ')}: apt-get install ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !isInstalled('apt-get')) throw new Error(advice);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // One at a time, as test files run beside each other: apt-get waits for its own lock.
  const install = ['-o', 'DPkg::Lock::Timeout=300', '-qq', '-y', '--no-install-recommends', 'install', ...packages];
  try {
    await execute('apt-get', install, { env }).catch(async () => {
      await execute('apt-get', ['-qq', 'update'], { env });
      await execute('apt-get', install, { env });
    });
  } catch (error) {
    throw new Error(advice, { cause: error });
  }
}

function isInstalled(command: string): boolean {
  if (isAbsolute(command)) return existsSync(command);
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some(folder => existsSync(join(folder, command)));
}
