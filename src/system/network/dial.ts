import { connect, type Socket } from 'node:net';
import type { Cause } from '../../causes.ts';
import type { Deadline } from './deadline.ts';
import { codeOf, NetworkFailure, wordsOf } from './failure.ts';

/** When the second family is tried beside the first: Go's `Dialer.FallbackDelay`. */
const fallbackDelayMs = 300;

/**
 * A TCP connection to the first address that answers, as Go's `dialParallel` (net/dial.go): the addresses of the first
 * family one after another, after 300 ms or at their failure those of the other family too.
 * `target` is the `host:port` that failures name.
 */
export async function dial(
  addresses: readonly string[],
  port: number,
  target: string,
  deadline: Deadline,
): Promise<Socket> {
  const isSix = addresses[0]!.includes(':');
  const primaries = addresses.filter(address => address.includes(':') === isSix);
  const fallbacks = addresses.filter(address => address.includes(':') !== isSix);
  const race = new AbortController();
  const abort = (): void => race.abort();
  deadline.signal.addEventListener('abort', abort, { once: true });
  if (deadline.signal.aborted) abort();
  let timer: NodeJS.Timeout | undefined;
  try {
    const first = dialSerially(primaries, port, target, race.signal, deadline);
    if (fallbacks.length === 0) return await first;
    const delay = new Promise<void>(resolve => {
      timer = setTimeout(resolve, fallbackDelayMs);
      first.catch(() => resolve());
    });
    const second = delay.then(() => dialSerially(fallbacks, port, target, race.signal, deadline));
    const winner = await Promise.any([first, second]).catch(async () => await first);
    for (const attempt of [first, second])
      attempt.then(
        socket => socket !== winner && socket.destroy(),
        () => {},
      );
    return winner;
  } finally {
    clearTimeout(timer);
    deadline.signal.removeEventListener('abort', abort);
    race.abort();
  }
}

async function dialSerially(
  addresses: readonly string[],
  port: number,
  target: string,
  signal: AbortSignal,
  deadline: Deadline,
): Promise<Socket> {
  let failure: unknown;
  for (const [index, address] of addresses.entries()) {
    const left = addresses.length - index;
    const share = left === 1 ? Number.POSITIVE_INFINITY : Math.max(2000, deadline.remainingMs() / left);
    try {
      return await dialOne(address, port, target, signal, share);
    } catch (error) {
      failure ??= error;
      if (signal.aborted) break;
    }
  }
  throw failure;
}

function dialOne(host: string, port: number, target: string, signal: AbortSignal, shareMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const fail = (cause: Cause, words: string): void => {
      settle();
      socket.destroy();
      reject(new NetworkFailure('tcp', cause, target, `dial tcp ${address}: ${words}`));
    };
    const late = (): void => fail('connect-timeout', 'i/o timeout');
    const failed = (error: Error): void => fail(causeOfDialError(error), wordsOfDialError(error));
    const connected = (): void => {
      settle();
      socket.setNoDelay(true);
      resolve(socket);
    };
    const timer = Number.isFinite(shareMs) ? setTimeout(late, shareMs) : undefined;
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', late);
      socket.removeListener('error', failed).removeListener('connect', connected);
      socket.on('error', () => {});
    };
    const socket = connect({ host, port, noDelay: true });
    socket.once('error', failed).once('connect', connected);
    if (signal.aborted) late();
    else signal.addEventListener('abort', late, { once: true });
  });
}

function causeOfDialError(error: unknown): Cause {
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
      return 'connection-refused';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'connection-reset';
    case 'ETIMEDOUT':
      return 'connect-timeout';
    default:
      return 'network-unreachable';
  }
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connect: connection refused',
  ECONNRESET: 'connect: connection reset by peer',
  ETIMEDOUT: 'connect: connection timed out',
  ENETUNREACH: 'connect: network is unreachable',
  EHOSTUNREACH: 'connect: no route to host',
  EADDRNOTAVAIL: 'connect: cannot assign requested address',
};

/** Go's words for a failed connection. */
function wordsOfDialError(error: unknown): string {
  return words[codeOf(error)] ?? wordsOf(error);
}
