import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModuleVersion, parseGoMod } from '../go/mod-file.ts';
import type { Toolchain } from '../go/toolchain.ts';
import { type Download, readDownloads } from '../modproxy/download-json.ts';
import { type GoSumEntry, sumLine } from '../project/go-sum.ts';
import type { Context } from '../system/context.ts';
import { type Deadline, startDeadline } from '../system/network/deadline.ts';
import type { Ended } from '../system/process.ts';
import { readText } from '../system/regular-file.ts';
import { trialEnvironment } from './environment.ts';
import { ownWords, type Requests, readRequests } from './requests.ts';
import { type Watch, watchFolder } from './watch.ts';

/** What became of one module. */
export interface Tried {
  module: ModuleVersion;
  /** `large`: bytes flowed, and the trial was ended as enough had come. `waiting`: the time was over. */
  outcome: 'ok' | 'failed' | 'waiting' | 'large';
  /** What go said about it, in its own words; empty where it said nothing. */
  said: string;
  /** The module path that its go.mod declares; null: not seen. */
  declares: string | null;
  requests: Requests;
  /** The URL it was waiting for when the time was over, or null, and how long it had waited then, milliseconds. */
  waitingFor: string | null;
  waitedMs: number;
  downloadedBytes: number;
}

export interface TrialOptions {
  /** A folder of its own, made here and removed by the caller. */
  folder: string;
  /** The lines of go.sum that the modules are held against. */
  sums: readonly GoSumEntry[];
  deadline: Deadline;
  /** Variables laid over the environment; undefined takes one away, so that the settings file counts. */
  variables?: Readonly<Record<string, string | undefined>>;
  /** Ended when so many bytes have come. Default: a megabyte, which shows that bytes flow. */
  enoughBytes?: number;
  /** Ended when nothing has come for so long, milliseconds. */
  stallMs?: number;
  onProgress?: (bytes: number) => void;
}

/** Variables under which a download says nothing of settings that are judged by themselves. */
export const putAside = { GOFLAGS: '-modcacherw', GO111MODULE: 'on' } as const;

/** Go is stopped so long before the time is over, as what it said has to be read. */
const aheadMs = 250;

/**
 * A real `go mod download` of these modules with the settings in effect, into an empty module cache, in an empty module that
 * has the project's go.sum. Ended at the deadline, or when enough bytes have come.
 */
export async function tryDownload(
  context: Context,
  toolchain: Toolchain,
  modules: readonly ModuleVersion[],
  options: TrialOptions,
): Promise<Tried[]> {
  const { folder, sums, deadline, variables = {}, enoughBytes = 1_000_000, onProgress } = options;
  const { stallMs = Number.POSITIVE_INFINITY } = options;
  const cwd = join(folder, 'project');
  await mkdir(cwd, { recursive: true });
  await writeFile(join(cwd, 'go.mod'), 'module go-mirror.invalid/trial\n\ngo 1.17\n');
  await writeFile(join(cwd, 'go.sum'), sums.map(entry => `${sumLine(entry)}\n`).join(''));
  const env = { ...(await trialEnvironment(context, folder)), ...variables };
  const end = startDeadline(deadline.signal, deadline.remainingMs() - aheadMs);
  const enough = new AbortController();
  const stop = (): void => enough.abort();
  end.signal.addEventListener('abort', stop, { once: true });
  if (end.signal.aborted) stop();
  let stalled = false;
  const watch = watchFolder(join(folder, 'mod/cache/download'), {
    onGrowth: bytes => {
      onProgress?.(bytes);
      if (bytes > enoughBytes) stop();
    },
    onQuiet: ms => {
      stalled = ms > stallMs;
      if (stalled) stop();
    },
  });
  try {
    const names = modules.map(({ path, version }) => `${path}@${version}`);
    const args = ['mod', 'download', '-json', '-x', ...names];
    const ended = await toolchain.run(args, { cwd, env, signal: enough.signal, group: true });
    return await read(modules, ended, watch, end.signal.aborted || stalled);
  } finally {
    watch.end();
    end.clear();
  }
}

async function read(
  modules: readonly ModuleVersion[],
  { stdout, stderr, exitCode }: Ended,
  watch: Watch,
  late: boolean,
): Promise<Tried[]> {
  const requests = readRequests(stderr);
  const [quietMs, downloadedBytes] = [watch.quietMs(), watch.bytes()];
  // Without an unanswered request it is the body of the last answer that does not come.
  const last = [...requests].findLast(([, answer]) => answer === null) ?? [...requests].at(-1);
  const downloads = readDownloads(stdout);
  return Promise.all(
    modules.map(async module => {
      const entry = downloads.find(found => isAbout(found, module));
      const said = entry?.Error ?? (entry || exitCode === null ? '' : ownWords(stderr));
      const base = { module, said, declares: null, requests, downloadedBytes, waitedMs: 0, waitingFor: null };
      if (said) return { ...base, outcome: 'failed' as const };
      if (entry) return { ...base, outcome: 'ok' as const, declares: await declaredIn(entry) };
      if (!late) return { ...base, outcome: 'large' as const };
      return { ...base, outcome: 'waiting' as const, waitedMs: quietMs, waitingFor: last?.[0] ?? null };
    }),
  );
}

const isAbout = ({ Path, Version, Query }: Download, { path, version }: ModuleVersion): boolean =>
  Path === path && (Version === version || Query === version);

async function declaredIn({ GoMod }: Download): Promise<string | null> {
  const text = GoMod ? await readText(GoMod) : null;
  return (text !== null && parseGoMod(text).module) || null;
}
