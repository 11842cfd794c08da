import { type ChildProcess, spawn } from 'node:child_process';
import { onCleanup } from './cleanup.ts';

export interface Ended {
  stdout: string;
  stderr: string;
  /** Null when a signal ended it. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** True when it missed its deadline and was killed. */
  timedOut: boolean;
  durationMs: number;
}

export interface Running {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** What it has written so far. */
  readonly output: { stdout: string; stderr: string };
  /** Waits until standard output or standard error shows a text; fails when the process ends or `timeoutMs` (10 s) pass before. */
  shows(text: string | RegExp, timeoutMs?: number): Promise<void>;
}

export interface StartOptions {
  /** The whole environment. */
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** What it reads on standard input; nothing by default. */
  input?: string;
  /** Killed after so many milliseconds; 120 s by default. */
  timeoutMs?: number;
}

/** Starts a process and collects what it writes. It is killed at the end of the test file if it still runs. */
export function startProcess(file: string, args: readonly string[], options: StartOptions): Running {
  const started = performance.now();
  const child = spawn(file, args, { cwd: options.cwd, env: { ...options.env }, stdio: ['pipe', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  let timedOut = false;
  const deadline = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, options.timeoutMs ?? 120_000);
  child.stdout.setEncoding('utf8').on('data', chunk => {
    output.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', chunk => {
    output.stderr += chunk;
  });
  child.stdin.on('error', () => {}); // It may end without reading.
  child.stdin.end(options.input ?? '');

  const ended = new Promise<Ended>((resolve, reject) => {
    const kill = onCleanup(() => {
      child.kill('SIGKILL');
    });
    const settle = () => {
      clearTimeout(deadline);
      void kill();
    };
    child.once('error', error => {
      settle();
      reject(error);
    });
    child.once('close', (exitCode, signal) => {
      settle();
      resolve({ ...output, exitCode, signal, timedOut, durationMs: performance.now() - started });
    });
  });
  ended.catch(() => {}); // Whoever awaits it sees the error; nobody has to.

  const shows = async (text: string | RegExp, timeoutMs = 10_000): Promise<void> => {
    const found = () =>
      [output.stdout, output.stderr].some(s => (typeof text === 'string' ? s.includes(text) : text.test(s)));
    const until = performance.now() + timeoutMs;
    while (!found()) {
      if (child.exitCode !== null || child.signalCode !== null || performance.now() > until) {
        throw new Error(`No ${text} in the output of ${file} ${args.join(' ')}:\n${output.stdout}${output.stderr}`);
      }
      await new Promise(wake => setTimeout(wake, 10));
    }
  };
  return { child, pid: child.pid ?? -1, ended, output, shows };
}
