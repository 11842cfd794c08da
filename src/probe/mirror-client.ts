import { urlBelow, writtenBelow } from '../modproxy/proxy-url.ts';
import type { Connection, Network } from '../system/network/connection.ts';
import type { Deadline } from '../system/network/deadline.ts';
import { CertificateFailure, type TlsFacts } from '../system/network/handshake.ts';
import { openSession, type Reply, type Session } from '../system/network/session.ts';
import type { Phases, ProbeRequest } from './result.ts';

/** Manners: what one mirror is asked for in a round, at most. */
export const limits = { requests: 20, bytes: 2_000_000 };

export interface AskOptions {
  headers?: Record<string, string>;
  /** The body is cut off here. Default: what is left of the round's bytes. */
  maxBytes?: number;
  /** Gives up this long after the request was sent, whatever is left of the deadline. */
  answerMs?: number;
  /** Cuts the body off this long after the request was sent, and takes what has come. */
  cutAfterMs?: number;
  /** Cuts a body off unread that says itself that it is longer than `maxBytes`. */
  refuseLonger?: boolean;
}

/** Requests to one mirror in one round, counted, with what the first connection showed. */
export interface MirrorClient {
  readonly requests: ProbeRequest[];
  readonly phases: Phases;
  readonly tls: TlsFacts | null;
  readonly protocol: Reply['protocol'] | null;
  readonly address: string | null;
  readonly deadline: Deadline;
  /** What may still be asked. */
  left(): { requests: number; bytes: number };
  /** Asks for a path below the mirror's URL. Throws a `NetworkFailure`. */
  ask(method: 'HEAD' | 'GET', path: string, options?: AskOptions): Promise<Reply>;
  close(): Promise<void>;
}

/** Opens a round with one mirror: `base` is its URL as GOPROXY has it. */
export function openMirror(
  network: Network,
  base: string,
  deadline: Deadline,
  maxRequests = limits.requests,
): MirrorClient {
  const requests: ProbeRequest[] = [];
  const phases: Phases = { dnsMs: null, connectMs: null, tlsMs: null, ttfbMs: null, totalMs: null };
  let bytes = 0;
  let tls: TlsFacts | null = null;
  let protocol: Reply['protocol'] | null = null;
  let address: string | null = null;
  let first: Connection | null = null;
  const session: Session = openSession(network, {
    request: request => {
      bytes += request.bytes;
      requests.push({ method: request.method, url: request.url, status: request.status, totalMs: request.totalMs });
    },
    stage: (stage, _ok, durationMs) => {
      if (first) return;
      if (stage === 'dns') phases.dnsMs = durationMs;
      if (stage === 'tcp') phases.connectMs = durationMs;
      if (stage === 'tls') phases.tlsMs = durationMs;
    },
    connected: connection => {
      first ??= connection;
      tls ??= connection.tls;
      address ??= connection.address;
    },
  });

  const ask = async (method: 'HEAD' | 'GET', path: string, options: AskOptions = {}): Promise<Reply> => {
    const maxBytes = Math.max(0, Math.min(options.maxBytes ?? Number.POSITIVE_INFINITY, limits.bytes - bytes));
    try {
      const url = urlBelow(base, path);
      const written = writtenBelow(base, url);
      const reply = await session.request(method, url, { ...options, maxBytes, deadline, written });
      protocol ??= reply.protocol;
      if (phases.ttfbMs === null) {
        phases.ttfbMs = reply.firstByteMs;
        const connecting = (phases.dnsMs ?? 0) + (phases.connectMs ?? 0) + (phases.tlsMs ?? 0);
        phases.totalMs = connecting + reply.totalMs;
      }
      return reply;
    } catch (error) {
      if (error instanceof CertificateFailure) tls ??= error.tls;
      throw error;
    }
  };
  return {
    requests,
    phases,
    deadline,
    get tls() {
      return tls;
    },
    get protocol() {
      return protocol;
    },
    get address() {
      return address;
    },
    left: () => ({ requests: maxRequests - requests.length, bytes: limits.bytes - bytes }),
    ask,
    close: () => session.close(),
  };
}
