import type { Explanation } from '../../explain/explanation.ts';
import type { Translate } from '../../messages/index.ts';
import type { Blame } from '../../relay/blame.ts';
import type { RelaySummary } from '../../relay/summary.ts';
import type { CiLog } from '../ci-log.ts';
import { type Drawing, type Line, warn } from '../line.ts';
import { formatBytes, formatDuration } from './size.ts';

/** What came from where and what failed over, in one line. */
export function doneLine(summary: RelaySummary, t: Translate): string {
  const { modules } = summary;
  if (modules === 0 && summary.bytes === 0) return t('relay.done.none');
  if (summary.bytes === 0) return t('relay.done.nothing', { modules });
  return t('relay.done', { modules, bytes: formatBytes(summary.bytes), ...details(summary, t) });
}

/** Why a pull failed: what each upstream did, else what go's own words mean, and the command that helps. */
export function failureLines(
  summary: RelaySummary,
  found: Blame | null,
  explanation: Explanation | null,
  { t, paintNote }: Drawing,
  log: CiLog,
): Line[] {
  const cause = found?.cause ?? explanation?.cause ?? null;
  const sentence = cause === 'stalled' ? t('relay.stalled') : (t.optional(`explain.cause.${cause}`) ?? '');
  const command = explanation?.fixes[0]?.command ?? 'go-mirror doctor';
  const failed = t('relay.failed', details(summary, t));
  const marked = log.mark('error', cause ? `${failed}: ${cause}` : failed);
  return [
    warn(marked.startsWith(failed) ? paintNote.red(failed) : marked),
    ...(found?.failures ?? []).map(({ upstream, words }) => warn(t('relay.failed.at', { name: upstream, words }))),
    ...(cause ? [warn(`  ${paintNote.bold(cause)}: ${sentence}`)] : []),
    warn(`  ${paintNote.green('→')} ${paintNote.bold(t.command(command))}`),
  ];
}

function details(
  summary: RelaySummary,
  t: Translate,
): { time: string; from: string; failovers: string; healed: string } {
  const parts = summary.upstreams
    .filter(({ requests }) => requests > 0)
    .map(({ name, bytes, failures }) => {
      const size = formatBytes(bytes);
      return failures > 0
        ? t('relay.done.failing', { name, bytes: size, failures })
        : t('relay.done.part', { name, bytes: size });
    });
  const healed = Object.entries(summary.healed).map(([cause, times]) => `${times} × ${cause}`);
  return {
    time: formatDuration(summary.durationMs),
    from: parts.length > 0 ? t('relay.done.from', { list: parts.join(', ') }) : '',
    healed: healed.length > 0 ? t('relay.done.healed', { list: healed.join(', ') }) : '',
    failovers: summary.failovers > 0 ? t('relay.done.failovers', { count: summary.failovers }) : '',
  };
}
