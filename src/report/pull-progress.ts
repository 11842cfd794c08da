import type { Translate } from '../messages/index.ts';
import type { Relay } from '../relay/session.ts';
import type { Output } from './output.ts';
import { formatBytes, formatDuration } from './size.ts';

/** How often a line is written where nothing may move, milliseconds. */
const plainMs = 5000;
const animatedMs = 100;
/** The rate shown is that of about so many milliseconds. */
const rateMs = 3000;

/** Shows how far a pull is until it is stopped: a line that moves on a terminal, a new line now and then elsewhere. */
export async function showProgress(out: Output, relay: Relay, t: Translate): Promise<() => void> {
  const seen: { at: number; bytes: number }[] = [];
  const line = (): string => {
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
  const startedAt = performance.now();
  if (!out.animated) {
    const timer = setInterval(() => out.note(line()), plainMs);
    return () => clearInterval(timer);
  }
  const { default: ora } = await import('ora');
  const spinner = ora({ text: line(), discardStdin: false }).start();
  const timer = setInterval(() => {
    spinner.text = line();
  }, animatedMs);
  return () => {
    clearInterval(timer);
    spinner.stop();
  };
}
