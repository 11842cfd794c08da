import type { Progress } from './attempt.ts';
import type { Upstream } from './upstream.ts';

/** A body that sends nothing for so long is stalled: sooner when its upstream sends nothing else either. */
const stallMs = { silent: 2000, busy: 5000 };
/** A body that is still far from its end after this is compared with what its upstream can do. */
const dripMs = 4000;
/** Below this nobody would wait for a module, bytes per second. */
const dripRate = 8000;

/** Whether an attempt is slower than what was seen in this run lets expect, so that another upstream should be asked too. */
export function isLate(attempt: Progress & { upstream: Upstream }, now: number): boolean {
  const { upstream, startedAt, firstByteAt, lastByteAt, received, expected } = attempt;
  if (firstByteAt === null) return now - startedAt > upstream.health.patienceMs;
  const isSilent = upstream.health.silentMs(now) > stallMs.silent / 2;
  if (now - lastByteAt > (isSilent ? stallMs.silent : stallMs.busy)) return true;
  const elapsed = now - firstByteAt;
  if (elapsed < dripMs) return false;
  const rate = (received * 1000) / elapsed;
  const leftMs = expected === null ? 0 : ((expected - received) * 1000) / rate;
  return rate < dripRate || leftMs > 4 * elapsed;
}
