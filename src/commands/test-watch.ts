import type { MirrorProbe } from '../probe/result.ts';
import { mirrorJson, summarize } from '../report/json/mirrors.ts';
import { sleep } from '../system/network/deadline.ts';
import type { Invocation } from './command.ts';

/** Rounds that are kept to combine; older ones no longer say how the mirrors are now. */
const kept = 10;
const pauseMs = 5000;

/** Probes again and again until Ctrl-C: on a terminal the table is drawn over, elsewhere each round is printed below the last. */
export async function untilInterrupted(
  { context, out, t }: Invocation,
  draw: (rounds: readonly MirrorProbe[][]) => string,
  round: () => Promise<MirrorProbe[]>,
): Promise<number> {
  const rounds: MirrorProbe[][] = [];
  let count = 0;
  while (!context.signal.aborted) {
    const probes = await round();
    if (context.signal.aborted) break;
    count++;
    rounds.push(probes);
    if (rounds.length > kept) rounds.shift();
    const clear = out.animated ? '\u001b[H\u001b[2J' : '';
    out.result(`${clear}${t('probe.round', { round: count })}\n${draw(rounds)}`);
    out.jsonLine('test', { round: count, summary: summarize(probes), mirrors: probes.map(mirrorJson) });
    await sleep(pauseMs, context.signal);
  }
  return 130;
}
