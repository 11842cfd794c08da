import { spawn } from 'node:child_process';
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

/** What is kept of a stream where nothing else is asked for; a short answer of more is none. */
const mostBytes = 16 * 1024 * 1024;

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
    maxBuffer: options.maxBytes ?? mostBytes,
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

export type AskOptions = Pick<RunOptions, 'env' | 'cwd' | 'timeoutMs' | 'input'>;

/**
 * The same for a short answer that every start of go-mirror waits for, by Node.js' own means: to load execa takes several times as
 * long as `go env` takes. On Windows, where a command may be a script, it is execa that knows how to start one.
 */
export async function askProcess(
  context: Context,
  file: string,
  args: readonly string[],
  options: AskOptions = {},
): Promise<Ended> {
  if (context.platform === 'win32') return runProcess(context, file, args, options);
  const { env = context.env, cwd = context.cwd, timeoutMs, input } = options;
  return new Promise(resolve => {
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    const ended: Ended = { exitCode: null, signal: null, stdout: '', stderr: '', timedOut: false, startError: null };
    let timer: NodeJS.Timeout | undefined;
    let isLate = false;
    const done = (how: Partial<Ended>): void => {
      clearTimeout(timer);
      context.signal.removeEventListener('abort', kill);
      const [stdout, stderr] = [chunks.stdout, chunks.stderr].map(parts => Buffer.concat(parts).toString());
      resolve({ ...ended, stdout: stdout!, stderr: stderr!, ...how });
    };
    const child = spawn(file, [...args], { env: { ...env }, cwd, stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'] });
    // It may end without reading.
    child.stdin?.on('error', () => {}).end(input);
    /** What it has started itself may keep its streams open: nobody waits for them. */
    const kill = (): void => {
      child.kill('SIGKILL');
      child.stdout?.destroy();
      child.stderr?.destroy();
    };
    let bytes = 0;
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.on('data', (chunk: Buffer) => {
        chunks[name].push(chunk);
        bytes += chunk.length;
        if (bytes > mostBytes) kill();
      });
    }
    child.on('error', (error: NodeJS.ErrnoException) => done({ startError: error.code ?? 'unknown' }));
    child.on('close', (exitCode, signal) => done({ exitCode, signal, timedOut: isLate }));
    if (timeoutMs !== undefined) {
      timer = setTimeout(() => {
        isLate = true;
        kill();
      }, timeoutMs);
    }
    if (context.signal.aborted) kill();
    else context.signal.addEventListener('abort', kill, { once: true });
  });
}

function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
