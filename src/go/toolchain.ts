import { constants } from 'node:fs';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, posix, resolve, win32 } from 'node:path';
import { type Context, variable } from '../system/context.ts';
import { type AskOptions, askProcess, type Ended, type RunOptions, runProcess } from '../system/process.ts';

/** The go command of this machine. This file is the only place that starts it. */
export interface Toolchain {
  /** Absolute path of the executable, as found in PATH. */
  readonly path: string;
  /**
   * `go1.26.8`: what the installation says of itself, or null where it does not say (a wrapper script). Another release may
   * run in its place (GOTOOLCHAIN): `readGoFacts` knows which.
   */
  readonly version: string | null;
  /** Runs `go ARGS`. A broken GOTOOLCHAIN or GOFLAGS of the user is in effect unless `options.env` says otherwise. */
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** The same for a command that answers at once: `go env`, `go version`. */
  ask(args: readonly string[], options?: AskOptions): Promise<Ended>;
}

/** Finds go in PATH; null where it is not installed. Starts nothing. */
export async function findToolchain(context: Context): Promise<Toolchain | null> {
  const path = await findExecutable(context, 'go');
  return path ? { ...toolchainAt(context, path), version: await versionOf(path) } : null;
}

/** The go command of a GOROOT, such as that of a release in the module cache. */
export function toolchainIn(context: Context, goroot: string): Toolchain {
  return toolchainAt(context, join(goroot, 'bin', context.platform === 'win32' ? 'go.exe' : 'go'));
}

function toolchainAt(context: Context, path: string): Toolchain {
  return {
    path,
    version: null,
    run: (args, options) => runProcess(context, path, args, options),
    ask: (args, options) => askProcess(context, path, args, options),
  };
}

/** A go that is installed in a usual place, for the hint where PATH lacks it; null where there is none. */
export async function unlistedToolchain(context: Context): Promise<string | null> {
  const windows = context.platform === 'win32';
  const places = windows
    ? ['C:\\Program Files\\Go\\bin\\go.exe']
    : ['/usr/local/go/bin/go', '/opt/homebrew/bin/go', '/usr/lib/go/bin/go', '/snap/bin/go'];
  for (const place of places) if (await isExecutable(place, windows)) return place;
  return null;
}

/** Looks a command up as the system's shell does: PATH in order, on Windows with each ending of PATHEXT. */
async function findExecutable(context: Context, name: string): Promise<string | null> {
  const windows = context.platform === 'win32';
  const endings = windows ? (variable(context, 'PATHEXT') || '.COM;.EXE;.BAT;.CMD').split(';').filter(Boolean) : [''];
  for (const folder of searchPath(context)) {
    for (const ending of endings) {
      const path = join(folder, name + ending.toLowerCase());
      if (await isExecutable(path, windows)) return path;
    }
  }
  return null;
}

function searchPath(context: Context): string[] {
  return (variable(context, 'PATH') ?? '')
    .split(context.platform === 'win32' ? win32.delimiter : posix.delimiter)
    .map(folder => folder.replace(/^"(.*)"$/, '$1'))
    .filter(Boolean)
    .map(folder => resolve(context.cwd, folder));
}

async function isExecutable(path: string, windows: boolean): Promise<boolean> {
  try {
    if (!windows) await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** The first line of `$GOROOT/VERSION`, two folders above the executable. */
async function versionOf(path: string): Promise<string | null> {
  try {
    const text = await readFile(join(dirname(await realpath(path)), '../VERSION'), 'utf8');
    return /^(?:go|devel )\S.*/.exec(text)?.[0].trim() ?? null;
  } catch {
    return null;
  }
}
