import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onCleanup } from './cleanup.ts';
import { type Ended, type Running, type StartOptions, startProcess } from './process.ts';

/** The built command of this working tree. */
export const command = resolve(import.meta.dirname, '../../bin/go-mirror.js');

/**
 * A machine of its own for a test: an empty HOME (and with it GOPATH, module cache, build cache, GOENV, XDG folders), an empty
 * folder to work in, and an environment that names nothing else. Removed at the end of the test file.
 *
 * ```ts
 * const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off' } });
 * const { stdout, stderr, exitCode } = await box.run(['current', '--json']);
 * await box.go(['mod', 'download'], { cwd: project });
 * ```
 * Without GOPROXY the go command would ask the official proxy: set it wherever something is fetched.
 */
export interface Sandbox {
  /** Everything is below it. */
  readonly root: string;
  readonly home: string;
  /** Where commands run by default; empty at first. */
  readonly work: string;
  /** `$HOME/go/pkg/mod`; made by go when it needs it. */
  readonly moduleCache: string;
  /** The whole environment of each command. A change here holds for all that follow. */
  readonly env: Record<string, string>;
  /** Runs `go-mirror ARGS` to its end. */
  run(args: readonly string[], options?: SandboxOptions): Promise<Ended>;
  /** Starts `go-mirror ARGS`, for tests that send signals or look while it runs. */
  start(args: readonly string[], options?: SandboxOptions): Running;
  /** Runs `go ARGS`. */
  go(args: readonly string[], options?: SandboxOptions): Promise<Ended>;
  /** Runs any other command. */
  exec(file: string, args: readonly string[], options?: SandboxOptions): Promise<Ended>;
  /** Removes it now, read-only module caches included. */
  remove(): Promise<void>;
}

/** `env` is laid over the sandbox's own; `undefined` takes a variable away. */
export interface SandboxOptions extends Omit<StartOptions, 'env' | 'cwd'> {
  env?: Readonly<Record<string, string | undefined>>;
  cwd?: string;
}

/** Where the machine's own go stands: the folder with its `go` and `gofmt`. */
export const goFolder = dirname(goExecutable());

export async function sandbox(options: { env?: Readonly<Record<string, string | undefined>> } = {}): Promise<Sandbox> {
  const root = await mkdtemp(join(await realpath(tmpdir()), 'go-mirror-test-'));
  const home = join(root, 'home');
  const work = join(root, 'work');
  await mkdir(home);
  await mkdir(work);
  const env = withoutUndefined({
    PATH: `${goFolder}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    HOME: home,
    LANG: 'C.UTF-8',
    ...options.env,
  });
  const start = (file: string, args: readonly string[], given: SandboxOptions = {}): Running =>
    startProcess(file, args, { ...given, cwd: given.cwd ?? work, env: withoutUndefined({ ...env, ...given.env }) });
  return {
    root,
    home,
    work,
    moduleCache: join(home, 'go/pkg/mod'),
    env,
    start: (args, given) => start(process.execPath, [command, ...args], given),
    run: (args, given) => start(process.execPath, [command, ...args], given).ended,
    go: (args, given) => start(join(goFolder, 'go'), args, given).ended,
    exec: (file, args, given) => start(file, args, given).ended,
    remove: onCleanup(() => removeTree(root)),
  };
}

/** Removes a folder even where files and folders in it are read-only, as go leaves its module cache. */
export async function removeTree(folder: string): Promise<void> {
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  try {
    await remove();
  } catch {
    await makeWritable(folder);
    await remove();
  }
}

async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(folder, entry.name));
  }
}

function withoutUndefined(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function goExecutable(): string {
  const { stdout, error } = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' });
  if (error) throw new Error('The tests need the go command: install Go from https://go.dev/dl/ and put it in PATH.');
  return join(stdout.trim(), 'bin/go');
}
