import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtQuickly, execute, offlineGo } from '../lab/machine.ts';
import { withScratch } from '../lab/scratch.ts';
import { prepared } from '../lab/store.ts';

/** Kinds of values that are settings, and those that have to do with logins. */
export type SettingKind = 'goproxy' | 'gosumdb' | 'govcs' | 'pattern' | 'path' | 'version';
type LoginKind = 'proxy' | 'netrc' | 'quoted' | 'command' | 'git' | 'logins';

/** A value, and what is asked about it; `Path` is the module path of patterns, GOVCS and paths, the URL that a proxy is for. */
export interface Question<Kind = SettingKind | LoginKind> {
  Kind: Kind;
  Value: string;
  Path: string;
  /** base64: what is read as bytes. */
  Data?: string;
  /** The whole environment, `NAME=VALUE`; for `logins` the URLs that are asked for. */
  List?: readonly string[];
  /** Of `logins`: what each is answered with, 0 where all is well. */
  Statuses?: readonly number[];
}

export interface Answer {
  /** Empty where go takes the value. */
  error: string;
  list: string[] | null;
  text: string;
  match: boolean;
}

/**
 * What the installed go makes of each value. The judge is a program of ours that calls go's own functions: it is compiled among the
 * sources of the go command (by `-overlay`, so nothing is written there), once for each Go release, in about 30 s.
 */
export async function askJudge(questions: readonly Question[]): Promise<Answer[]> {
  const input = questions.map(question => JSON.stringify(question)).join('\n');
  const output = await execute(await judge(), [], { env: { PATH: process.env.PATH }, input });
  return output
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Answer);
}

const parts = {
  'judge/judge.go': 'main/judge.go',
  'internal/modfetch/judge_export.go': 'modfetch/export.go',
  'internal/vcs/judge_export.go': 'vcs/export.go',
  'internal/auth/judge_export.go': 'auth/export.go',
  '../../net/http/judge_export.go': 'http/export.go',
};

/** The path of the judge, built at the first call. */
export async function judge(): Promise<string> {
  const here = join(import.meta.dirname, 'judge');
  const [goroot, version] = (await offlineGo(here, ['env', 'GOROOT', 'GOVERSION'])).trim().split('\n') as [
    string,
    string,
  ];
  const sources = await Promise.all(Object.values(parts).map(file => readFile(join(here, file))));
  const folder = await prepared('judge', [version, ...sources], async to => {
    const command = join(goroot, 'src/cmd');
    const replace = Object.entries(parts).map(([place, file]) => [join(command, 'go', place), join(here, file)]);
    const overlay = join(to, 'overlay.json');
    await writeFile(overlay, JSON.stringify({ Replace: Object.fromEntries(replace) }));
    const flags = [...builtQuickly, '-overlay', overlay, '-o', join(to, 'judge'), 'cmd/go/judge'];
    await withScratch(({ build }) => offlineGo(command, ['build', ...flags], { GOFLAGS: '', GOCACHE: build }));
  });
  return join(folder, 'judge');
}
