import type { Context } from './context.ts';

/** How a command that was started ended. `exitCode` is null when it was killed or could not be started. */
export interface Ended {
  exitCode: number | null;
  /** The signal that ended it, or null. */
  signal: string | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  /** Why it could not be started (`ENOENT`, `EACCES`), or null. */
  startError: string | null;
}

export interface RunOptions {
  /** The whole environment of the command; nothing is inherited besides. Default: that of the context. */
  env?: Readonly<Record<string, string | undefined>>;
  cwd?: string;
  /** Killed after this many milliseconds. */
  timeoutMs?: number;
  /** What it reads on standard input; nothing by default. */
  input?: string;
  /** At most so many bytes of each stream are kept. Default 16 MiB. */
  maxBytes?: number;
  /** Ends it, in place of the context's own signal. */
  signal?: AbortSignal;
  /** What it started itself ends with it, also where it is ended: it leads a process group of its own. Not on Windows. */
  group?: boolean;
}

/** Starts a command from an argument list, never through a shell, and waits for its end. Never throws for the command's own failure. */
export async function runProcess(
  context: Context,
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  const { execa } = await import('execa');
  const signal = options.signal ?? context.signal;
  const group = options.group === true && context.platform !== 'win32';
  const running = execa(file, args, {
    env: { ...(options.env ?? context.env) },
    extendEnv: false,
    cwd: options.cwd ?? context.cwd,
    input: options.input ?? '',
    maxBuffer: options.maxBytes ?? 16 * 1024 * 1024,
    cancelSignal: signal,
    detached: group,
    reject: false,
    stripFinalNewline: false,
    windowsHide: true,
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
  });
  // What is left of the group would keep its streams open, and with them this wait.
  const endGroup = (): void => killGroup(running.pid);
  if (group) running.once('exit', endGroup);
  const result = await running;
  return {
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    stdout: result.stdout,
    stderr: result.stderr,
    timedOut: result.timedOut,
    startError: result.exitCode === undefined && result.signal === undefined ? (result.code ?? 'unknown') : null,
  };
}

function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
