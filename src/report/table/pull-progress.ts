import type { Translate } from '../../messages/index.ts';
import type { Relay } from '../../relay/session.ts';
import { formatBytes, formatDuration } from './size.ts';

/** How often a line is written where nothing may move, milliseconds. */
export const plainMs = 5000;
/** The rate shown is that of about so many milliseconds. */
const rateMs = 3000;

/** The line that says how far a pull is, at each call: done, rate, what is left. */
export function progressLine(relay: Pick<Relay, 'state'>, t: Translate): () => string {
  const seen: { at: number; bytes: number }[] = [];
  const startedAt = performance.now();
  return () => {
    const { zips, zipsDone, bytes, current } = relay.state();
    const now = performance.now();
    seen.push({ at: now, bytes });
    while (seen.length > 2 && now - seen[1]!.at > rateMs) seen.shift();
    const [first, last] = [seen[0]!, seen.at(-1)!];
    const rate = last.at > first.at ? ((last.bytes - first.bytes) * 1000) / (last.at - first.at) : 0;
    const total = Math.max(zips, zipsDone);
    const leftMs = zipsDone > 2 && rate > 0 ? ((now - startedAt) * (total - zipsDone)) / zipsDone : null;
    return t('relay.progress', {
      done: zipsDone,
      total,
      bytes: formatBytes(bytes),
      rate: formatBytes(Math.round(rate)),
      left: leftMs === null ? '' : t('relay.progress.left', { time: formatDuration(leftMs) }),
      from: current.length === 0 ? '' : t('relay.progress.from', { names: current.join(', ') }),
    });
  };
}
