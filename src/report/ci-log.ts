import type { Context } from '../system/context.ts';

/** What the log of a CI service can do with a line; everywhere else lines stay what they are. */
export interface CiLog {
  /** The line that opens a fold over what follows, or null where logs have no folds. */
  fold(title: string): string | null;
  /** The line that closes it. */
  unfold(): string | null;
  /** A message that the service shows beside the log too, where it has such. */
  mark(level: 'notice' | 'warning' | 'error', text: string): string;
}

/**
 * GitHub Actions (and Gitea's and Forgejo's, which read the same commands) and GitLab CI, by the variables they set. Both read their
 * commands on stderr as on stdout.
 */
export function ciLog({ env }: Pick<Context, 'env'>, now: () => number = Date.now): CiLog {
  if (env.GITHUB_ACTIONS === 'true') {
    return {
      fold: title => `::group::${escaped(title)}`,
      unfold: () => '::endgroup::',
      mark: (level, text) => `::${level} title=go-mirror::${escaped(text)}`,
    };
  }
  const mark: CiLog['mark'] = (_, text) => text;
  if (env.GITLAB_CI !== 'true') return { fold: () => null, unfold: () => null, mark };
  let sections = 0;
  const section = (what: 'start' | 'end', id: number): string =>
    `\u001b[0Ksection_${what}:${Math.floor(now() / 1000)}:go_mirror_${id}\r\u001b[0K`;
  return {
    fold: title => {
      sections += 1;
      return section('start', sections) + title;
    },
    unfold: () => section('end', sections),
    mark,
  };
}

/** As @actions/core writes the text of a command. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
