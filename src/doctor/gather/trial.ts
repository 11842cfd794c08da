import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { locateEnvFile } from '../../go/env-file.ts';
import { withoutTrace } from '../../go/go-env.ts';
import { parseGoMod } from '../../go/mod-file.ts';
import { findToolchain } from '../../go/toolchain.ts';
import { type Download, readDownloads } from '../../modproxy/download-json.ts';
import type { GoSumEntry } from '../../project/go-sum.ts';
import type { Context } from '../../system/context.ts';
import { type Deadline, startDeadline } from '../../system/network/deadline.ts';
import type { Complaint, Need, Trial } from '../facts.ts';
import { complaintOf } from './complaint.ts';
import { type Watch, watchFolder } from './watch.ts';

/** What a trial may bring into the temporary module cache before it is ended: it has shown by then that bytes flow. */
const enoughForTrial = 1_000_000;

/** Go is stopped so long before the time is over, as what it said has to be read. */
const aheadMs = 250;

export interface TrialOptions {
  /** A folder of its own, removed by the caller. */
  folder: string;
  /** The lines of go.sum that the modules are held against. */
  sums: readonly GoSumEntry[];
  /** Settings to try instead of those in effect. */
  settings?: Readonly<Record<string, string>>;
  deadline: Deadline;
  /** Ended when so many bytes have come. Default: a megabyte. */
  enoughBytes?: number;
  /** Ended when nothing has come for so long, milliseconds. */
  stallMs?: number;
  onProgress?: (bytes: number) => void;
}

/**
 * A real `go mod download` of these modules with the settings in effect, into an empty module cache, in an empty module that
 * has the project's go.sum. Ended at the deadline, or when enough bytes have come.
 */
export async function tryNeeds(context: Context, needs: readonly Need[], options: TrialOptions): Promise<Trial[]> {
  const { folder } = options;
  await mkdir(join(folder, 'project'), { recursive: true });
  await writeFile(join(folder, 'project/go.mod'), 'module go-mirror.invalid/trial\n\ngo 1.17\n');
  await writeFile(join(folder, 'project/go.sum'), options.sums.map(sumLine).join(''));
  const end = startDeadline(options.deadline.signal, options.deadline.remainingMs() - aheadMs);
  const enough = new AbortController();
  const stop = (): void => enough.abort();
  end.signal.addEventListener('abort', stop, { once: true });
  if (end.signal.aborted) stop();
  const { enoughBytes = enoughForTrial, stallMs = Number.POSITIVE_INFINITY, onProgress } = options;
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
    const toolchain = await findToolchain({ ...context, signal: enough.signal });
    const names = needs.map(({ path, version }) => `${path}@${version}`);
    const ended = await toolchain!.run(['mod', 'download', '-json', '-x', ...names], {
      cwd: join(folder, 'project'),
      env: { ...environment(context, folder, needs), ...options.settings },
    });
    return await read(needs, ended, watch, end.signal.aborted || stalled);
  } finally {
    watch.end();
    end.clear();
  }
}

/** The user's environment, but with nothing of the user's that a trial could change or that is judged by itself. */
function environment(context: Context, folder: string, needs: readonly Need[]): Context['env'] {
  // Git reads below the configuration folder too, where go counts its runs.
  const traceless = needs.some(({ direct }) => direct) ? {} : withoutTrace(context, locateEnvFile(context));
  return {
    ...context.env,
    ...traceless,
    GOFLAGS: '-modcacherw',
    GOTOOLCHAIN: 'local',
    GO111MODULE: 'on',
    GOWORK: 'off',
    GOMODCACHE: join(folder, 'mod'),
    GOPATH: join(folder, 'path'),
    GOCACHE: join(folder, 'build'),
    GIT_TERMINAL_PROMPT: '0',
  };
}

const sumLine = ({ module, version, kind, hash }: GoSumEntry): string =>
  `${module} ${version}${kind === 'mod' ? '/go.mod' : ''} ${hash}\n`;

async function read(
  needs: readonly Need[],
  { stdout, stderr, exitCode }: { stdout: string; stderr: string; exitCode: number | null },
  watch: Watch,
  late: boolean,
): Promise<Trial[]> {
  const requests = requestsOf(stderr);
  const [quietMs, downloadedBytes] = [watch.quietMs(), watch.bytes()];
  // Without an unanswered request it is the body of the last answer that does not come.
  const last = [...requests].findLast(([, answer]) => answer === null) ?? [...requests].at(-1);
  const said = readDownloads(stdout);
  const own = stderr
    .split('\n')
    .filter(line => line && !line.startsWith('# ') && !/^(?:cd |git |hg |go: downloading )/.test(line));
  return Promise.all(
    needs.map(async need => {
      const entry = said.find(
        ({ Path, Version, Query }) => Path === need.path && [Version, Query].includes(need.version),
      );
      const text = entry?.Error ?? (entry || exitCode === null ? '' : own.join('\n'));
      const base = { need, requests, downloadedBytes, complaint: null, waitedMs: 0, waitingFor: null };
      if (text) return { ...base, outcome: 'failed' as const, complaint: await complaintOf(text) };
      const complaint = entry ? await renamed(need, entry) : null;
      if (complaint) return { ...base, outcome: 'failed' as const, complaint };
      if (entry) return { ...base, outcome: 'ok' as const };
      if (!late) return { ...base, outcome: 'large' as const };
      return { ...base, outcome: 'waiting' as const, waitedMs: quietMs, waitingFor: last?.[0] ?? null };
    }),
  );
}

/** What go says when it loads a module whose go.mod names another path (cmd/go/internal/modload/modfile.go); a download alone does not look. */
async function renamed(need: Need, { GoMod }: Download): Promise<Complaint | null> {
  if (!GoMod || need.from === 'argument') return null;
  const { module } = parseGoMod(await readFile(GoMod, 'utf8').catch(() => ''));
  if (!module || module === need.path || module === need.replaces) return null;
  const text = `${need.path}@${need.version}: parsing go.mod: module declares its path as: ${module} but was required as: ${need.path}`;
  return { text, cause: 'path-mismatch', culprit: need.path };
}

/** What `-x` prints: each URL with its answer (`200 OK`, or the error), null while there was none. */
function requestsOf(stderr: string): Map<string, string | null> {
  const requests = new Map<string, string | null>();
  for (const [, url, answer] of stderr.matchAll(/^# get (\S+?)(?:: (.*))?$/gm)) {
    requests.delete(url!);
    requests.set(url!, answer ?? null);
  }
  return requests;
}
