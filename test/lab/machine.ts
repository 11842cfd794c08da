import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Variables laid over an environment; undefined takes one away. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What the tests stand on, made once and kept. Delete it at will. */
export const labCache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'go-mirror-lab');

/**
 * Runs this machine's go without the network and without its settings, whatever `go env -w` says: for builds, and for what the
 * toolchain itself knows. `extra` is laid over the environment. Returns what it printed.
 */
export async function offlineGo(cwd: string, args: readonly string[], extra: Variables = {}): Promise<string> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GO') || name === 'GOROOT');
  const env = {
    ...Object.fromEntries(own),
    GOENV: 'off',
    GOPROXY: 'off',
    GOFLAGS: '-modcacherw -buildvcs=false',
    GOTOOLCHAIN: 'local',
    GOWORK: 'off',
    CGO_ENABLED: '0',
    ...extra,
  };
  return execute('go', args, { cwd, env });
}

/** Flags for a program that need not be fast: it is compiled in 60 % of the time. */
export const builtQuickly = ['-gcflags=all=-N -l -dwarf=false', '-ldflags=-s -w'] as const;

/** Runs another command with the machine's environment; its error holds what it wrote. */
export async function execute(
  file: string,
  args: readonly string[],
  options: { cwd?: string; env?: Variables; input?: string } = {},
): Promise<string> {
  const { input, ...rest } = options;
  const started = run(file, args, { maxBuffer: 64 * 1024 * 1024, ...rest });
  started.child.stdin?.on('error', () => {}).end(input ?? ''); // It may end without reading.
  return (await started).stdout;
}
