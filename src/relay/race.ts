import type { Body } from '../modproxy/body.ts';
import type { ProxyFile } from '../modproxy/proxy-file.ts';
import { type AttemptResult, attempt, type Progress } from './attempt.ts';
import { isLate } from './lateness.ts';
import type { Failure, Outcome } from './outcome.ts';
import type { Claim, Pool, Urgency } from './pool.ts';
import { type Pulse, silenceMs } from './pulse.ts';
import type { Spool } from './spool.ts';
import type { Upstream } from './upstream.ts';

/** What all races of a run share. */
export interface RaceTrack {
  spool: Spool;
  pulse: Pulse;
  /** Compares a file with its known hash: `wrong` words, or null where it is right or no hash is known. */
  verify(file: ProxyFile, body: Body): Promise<string | null>;
  /** A file came from another upstream than the one that was asked first. */
  failedOver(): void;
}

export interface Race {
  readonly outcome: Promise<Outcome>;
  /** Go is waiting for it now. */
  promote(): void;
}

interface Runner extends Progress {
  upstream: Upstream;
  controller: AbortController;
  /** All of it has arrived, and is being compared with its hash. */
  complete: boolean;
}

/** Waits between the rounds in which every upstream is asked again, milliseconds. */
const pauses = [300, 600, 1200, 2400];
/** An upstream that is the only one left is asked on a new connection after so much silence. */
const lonelyPatienceMs = 6000;
/** At most so many attempts at one file at a time. */
const lanes = 3;

/** Fetches one file from the upstreams of a pool: the best first, another beside it when it is slow, the next when it fails. */
export function startRace(pool: Pool, file: ProxyFile, urgency: Urgency, track: RaceTrack): Race {
  const { pulse, spool } = track;
  const startedAt = performance.now();
  const hasOthers = pool.upstreams.length > 1;
  const runners = new Set<Runner>();
  const done = new Map<Upstream, AttemptResult['kind'] | 'wrong'>();
  const failures = new Map<Upstream, Failure>();
  let barrier = Number.POSITIVE_INFINITY;
  let forbidden: 401 | 403 | null = null;
  let lastResort: { body: Body; upstream: Upstream } | null = null;
  let first: Upstream | null = null;
  let round = 0;
  let pauseEnds: number | null = null;
  let over = false;
  let settle: (outcome: Outcome) => void = () => {};
  const outcome = new Promise<Outcome>(resolve => {
    settle = resolve;
  });

  const isRunning = (upstream: Upstream): boolean => [...runners].some(runner => runner.upstream === upstream);
  const claim: Claim = {
    file,
    urgency,
    refuses: upstream => done.has(upstream) || upstream.index > barrier || isRunning(upstream),
    grant: upstream => void run(upstream),
  };
  const stopTicking = pulse.onTick(tick);
  if (pulse.gaveUp) finish({ kind: 'failed', failures: [silence('')] });
  else pool.enqueue(claim);
  return { outcome, promote: () => pool.promote(claim) };

  async function run(upstream: Upstream, fresh = false): Promise<void> {
    const now = performance.now();
    const runner: Runner = {
      upstream,
      controller: new AbortController(),
      startedAt: now,
      firstByteAt: null,
      lastByteAt: now,
      received: 0,
      expected: null,
      complete: false,
    };
    first ??= upstream;
    runners.add(runner);
    const result = await attempt(upstream, file, spool, pulse, runner, { signal: runner.controller.signal, fresh });
    runner.complete = true;
    const wrong = result.kind === 'file' && hasOthers && !over ? await track.verify(file, result.body) : null;
    runners.delete(runner);
    if (!over) judge(upstream, result, wrong);
    else if (result.kind === 'file') await spool.release(result.body);
    pool.dispatch();
  }

  function judge(upstream: Upstream, result: AttemptResult, wrong: string | null): void {
    const { estimate, name } = upstream;
    if (result.kind === 'file' && wrong === null) {
      estimate.succeeded();
      if (upstream !== first) track.failedOver();
      finish({ kind: 'file', body: result.body, upstream: name });
      return;
    }
    if (result.kind === 'file') {
      if (lastResort) void spool.release(lastResort.body);
      lastResort = { body: result.body, upstream };
      noteFailure(upstream, { upstream: name, cause: 'checksum-mismatch-sumdb', reason: null, words: wrong ?? '' });
      estimate.failed(performance.now());
      done.set(upstream, 'wrong');
    } else if (result.kind === 'not-found') {
      estimate.succeeded();
      failures.set(upstream, { upstream: name, cause: result.cause, reason: result.reason, words: result.words });
      done.set(upstream, 'not-found');
    } else {
      const isFinal = result.kind === 'forbidden';
      noteFailure(upstream, { upstream: name, cause: result.cause, reason: result.reason, words: result.words });
      done.set(upstream, result.kind);
      if (isFinal && upstream.fallsBackOn !== 'any-error') {
        barrier = Math.min(barrier, upstream.index);
        forbidden = result.status;
      }
      if (!isFinal) estimate.failed(performance.now(), result.restMs);
    }
    next();
  }

  function noteFailure(upstream: Upstream, failure: Failure): void {
    upstream.failures += 1;
    failures.set(upstream, failure);
  }

  /** After an attempt that brought nothing. */
  function next(): void {
    if (over || runners.size > 0) return;
    const another = pool.best(claim);
    if (another) return void run(another);
    const asked = pool.upstreams.filter(upstream => upstream.index <= barrier);
    const retried = asked.filter(upstream => done.get(upstream) === 'failed');
    const pause = retried.length > 0 && !retried.every(isHopeless) ? pauses[round] : undefined;
    if (pause === undefined) conclude();
    else pauseEnds = performance.now() + pause;
    round += 1;
  }

  function tick(now: number): void {
    if (pauseEnds !== null && now >= pauseEnds) {
      pauseEnds = null;
      for (const [upstream, kind] of done) if (kind === 'failed') done.delete(upstream);
      pool.enqueue(claim);
    }
    if (now - Math.max(startedAt, pulse.lastByteAt) > silenceMs) {
      giveUp();
      return;
    }
    const racing = [...runners];
    if (racing.length === 0) {
      if (pauseEnds === null && pool.upstreams.every(isHopeless)) conclude();
      return;
    }
    if (racing.length >= lanes || racing.some(runner => runner.complete || !isLate(runner, now))) return;
    const other = pool.best(claim);
    if (other) void run(other);
    else if (racing.every(runner => now - runner.lastByteAt > lonelyPatienceMs * racing.length)) {
      void run(racing[0]!.upstream, true);
    }
  }

  function giveUp(): void {
    pulse.giveUp();
    for (const { upstream } of runners) noteFailure(upstream, silence(upstream.name));
    conclude();
  }

  function conclude(): void {
    const all = [...failures.values()];
    if (lastResort) finish({ kind: 'file', body: lastResort.body, upstream: lastResort.upstream.name });
    else if (forbidden) finish({ kind: 'forbidden', status: forbidden, failures: all });
    else if ([...done.values()].includes('not-found')) finish({ kind: 'not-found', status: 404, failures: all });
    else finish({ kind: 'failed', failures: all });
  }

  function finish(result: Outcome): void {
    over = true;
    stopTicking();
    pool.withdraw(claim);
    const now = performance.now();
    for (const runner of runners) {
      if (result.kind === 'file' && isLate(runner, now)) {
        runner.upstream.failures += 1;
        runner.upstream.estimate.failed(now);
      }
      runner.controller.abort();
    }
    if (lastResort && !(result.kind === 'file' && result.body === lastResort.body)) void spool.release(lastResort.body);
    settle(result);
  }
}

/** So many failures in a row that one more would say nothing new. */
function isHopeless({ estimate }: Upstream): boolean {
  return estimate.failing >= 12 && estimate.failingForMs > 5000;
}

function silence(upstream: string): Failure {
  return { upstream, cause: 'stalled', reason: null, words: `no byte for ${silenceMs / 1000} s` };
}
