import type { Translate } from '../messages/index.ts';
import type { RelaySummary } from '../relay/session.ts';
import { formatBytes, formatDuration } from './size.ts';

/** What came from where and what failed over, in one line. */
export function doneLine(summary: RelaySummary, t: Translate): string {
  const { modules } = summary;
  if (modules === 0 && summary.bytes === 0) return t('relay.done.none');
  if (summary.bytes === 0) return t('relay.done.nothing', { modules });
  return t('relay.done', { modules, bytes: formatBytes(summary.bytes), ...details(summary, t) });
}

/** The same for a pull that failed. */
export function failedLine(summary: RelaySummary, t: Translate): string {
  return t('relay.failed', details(summary, t));
}

function details(summary: RelaySummary, t: Translate): { time: string; from: string; failovers: string } {
  const parts = summary.upstreams
    .filter(({ requests }) => requests > 0)
    .map(({ name, bytes, failures }) => {
      const size = formatBytes(bytes);
      return failures > 0
        ? t('relay.done.failing', { name, bytes: size, failures })
        : t('relay.done.part', { name, bytes: size });
    });
  return {
    time: formatDuration(summary.durationMs),
    from: parts.length > 0 ? t('relay.done.from', { list: parts.join(', ') }) : '',
    failovers: summary.failovers > 0 ? t('relay.done.failovers', { count: summary.failovers }) : '',
  };
}
