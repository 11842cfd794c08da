import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * What set-up alone may do, tests never: use this machine's own settings, and with them its way to the module proxy.
 * Downloads and builds still go to the lab's own caches.
 */
export const labCache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'go-mirror-lab');

const env: Record<string, string | undefined> = {
  ...process.env,
  GOMODCACHE: join(labCache, 'modules'),
  GOCACHE: join(labCache, 'build'),
  GOFLAGS: '-modcacherw -buildvcs=false',
  GOTOOLCHAIN: 'local',
  GOWORK: 'off',
};

/** Runs this machine's go with the network and the lab's caches; `extra` is laid over the environment. Returns what it printed. */
export async function machineGo(
  cwd: string,
  args: readonly string[],
  extra: Record<string, string> = {},
): Promise<string> {
  return execute('go', args, { cwd, env: { ...env, ...extra } });
}

/** Runs another command with the machine's environment; its error holds what it wrote. */
export async function execute(
  file: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string | undefined>; input?: string } = {},
): Promise<string> {
  const { input, ...rest } = options;
  const started = run(file, args, { maxBuffer: 64 * 1024 * 1024, ...rest });
  started.child.stdin?.on('error', () => {}).end(input ?? ''); // It may end without reading.
  return (await started).stdout;
}
