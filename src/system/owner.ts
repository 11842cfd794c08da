import { readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';

/** A running process, named so that nobody else is taken for it: machine, process id, and when it was started. */
export interface Owner {
  host: string;
  pid: number;
  /** The start time in the kernel's clock ticks; empty where the platform does not tell. */
  start: string;
}

/** After so long the lock or temporary file of another machine, which cannot be asked, counts as left behind. */
const usuallyForeignMs = 5 * 60_000;

/** This process. */
export async function thisOwner(): Promise<Owner> {
  return { host: hostname().replace(/[^\w.-]/g, '_'), pid: process.pid, start: (await startOf(process.pid)) ?? '' };
}

/** An owner as part of a file name. */
export const ownerToken = ({ host, pid, start }: Owner): string => `${host}~${pid}~${start}`;

/** Reads `ownerToken` back; null for anything else. */
export function parseOwner(token: string): Owner | null {
  const [, host, pid, start] = token.match(/^([\w.-]*)~(\d+)~(\d*)$/) ?? [];
  return host === undefined ? null : { host, pid: Number(pid), start: start! };
}

/** Whether the owner of this file still runs. Another machine's, or container's, counts as running for a while after the file was changed. */
export async function isRunning(owner: Owner, file: string, foreignAfterMs = usuallyForeignMs): Promise<boolean> {
  const self = await thisOwner();
  if (owner.host !== self.host) return Date.now() - (await changedAt(file)) < foreignAfterMs;
  if (!exists(owner.pid)) return false;
  const start = await startOf(owner.pid);
  return start === null || owner.start === '' || start === owner.start;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of `/proc/PID/stat`: the name before it may hold spaces and parentheses. Null elsewhere than on Linux. */
async function startOf(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

async function changedAt(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.mtimeMs ?? 0;
}
