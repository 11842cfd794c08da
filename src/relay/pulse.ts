/** Whether anything at all arrives in this run. Times as `performance.now()`. */
export interface Pulse {
  /** When an upstream last delivered a byte of an answer, or will first be asked for one again. */
  readonly lastByteAt: number;
  beat(): void;
  /** An upstream said when it may be asked again: until then silence is as it should be. */
  restUntil(time: number): void;
  /** Nothing came for so long that what is asked next fails at once, for a while. */
  giveUp(): void;
  readonly gaveUp: boolean;
  /** Called on every tick, about ten times a second. */
  onTick(listener: (now: number) => void): () => void;
  stop(): void;
}

const tickMs = 100;
/** How long a run that has given up does not try again. */
const hopelessMs = 30_000;

export function startPulse(): Pulse {
  let lastByteAt = performance.now();
  let gaveUpAt = Number.NEGATIVE_INFINITY;
  const listeners = new Set<(now: number) => void>();
  const timer = setInterval(() => {
    const now = performance.now();
    for (const listener of [...listeners]) listener(now);
  }, tickMs);
  return {
    get lastByteAt() {
      return lastByteAt;
    },
    beat: () => {
      lastByteAt = Math.max(lastByteAt, performance.now());
      gaveUpAt = Number.NEGATIVE_INFINITY;
    },
    restUntil: time => {
      lastByteAt = Math.max(lastByteAt, time);
    },
    giveUp: () => {
      gaveUpAt = performance.now();
    },
    get gaveUp() {
      return performance.now() - gaveUpAt < hopelessMs;
    },
    onTick: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => clearInterval(timer),
  };
}
