import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Connection } from './connection.ts';
import { flowStart, openFlow, pause } from './flow.ts';
import { type Http1Connections, openHttp1 } from './http1.ts';
import { type Http2Connection, openHttp2 } from './http2.ts';
import type { Incoming, RequestLine } from './incoming.ts';
import { isSocks } from './proxy-env.ts';
import { UnheardRequest } from './request-failure.ts';

/** How many connections a server may get. */
export interface Limits {
  /** Over HTTP/1.1 each answers one request at a time. */
  http1: number;
  /** A few, since a lost packet stops all that share one. */
  http2: number;
}

interface RequestWay {
  /** On a new connection, since those that are there may be dead. */
  fresh?: boolean;
  /** Called each time that the request goes out: no connection has to be opened any more. */
  onSent?: () => void;
}

/** A server: scheme, host and port, and the connections to it. */
export interface Origin {
  /**
   * Sends a request over the connections that are there, or a new one; again where the server can't have heard it, as Go does.
   * Throws what the dialer throws, an `UnheardRequest`, or the transport's own error.
   */
  request(line: RequestLine, signal: AbortSignal, options?: RequestWay): Promise<Incoming>;
  /** How many requests it takes at a time; null before the first connection. */
  readonly parallel: number | null;
  /** How many of the connections that carry what is large have nothing to do. */
  readonly idle: number;
  close(): Promise<void>;
}

/** With so many requests under way a connection is given company. */
const busyStreams = 4;
/** From so many connections on one is kept for what is small. */
const connectionsForQuiet = 3;
/** How long a request waits for a connection that is being opened, rather than to join others on a busy one; milliseconds. */
const companyMs = 150;
/** Servers allow 100 streams and more on a connection. */
const mostStreams = 96;
/** Requests that want a new connection share one for so long: many fall silent at the same time. */
const freshMs = 5000;
/** How often a request that was not heard is sent again to a server that answers nobody else either. */
const mostInVain = 1;

/** Prepares the connections to an origin; the first is opened by the first request. `dial` opens one more. */
export function openOrigin(origin: string, limits: Limits, dial: () => Promise<Connection>): Origin {
  /** All that were opened and still have something to do; new requests go to those that are open. */
  let sessions: Http2Connection[] = [];
  let nextOpenAt = 0;
  let failedOpens = 0;
  let http1: Http1Connections | null = null;
  let http1Opening: Promise<Http1Connections> | null = null;
  /** Connections that are being opened. */
  const opening = new Set<Promise<void>>();
  /** Requests that wait for one. */
  let waiting = 0;
  let closed = false;
  /** Heads of answers that came from this server. */
  let answers = 0;

  const openOnes = (): Http2Connection[] => sessions.filter(({ open }) => open);
  /** Of several connections one carries nothing large, so that what is small does not wait behind it. */
  const carrying = (): Http2Connection[] => openOnes().slice(openOnes().length >= connectionsForQuiet ? 1 : 0);
  const flow = openFlow(openOnes);
  const leastLoaded = (isLarge: boolean): Http2Connection | undefined =>
    isLarge
      ? carrying().sort((one, other) => one.bulk - other.bulk || one.load - other.load)[0]
      : openOnes().sort((one, other) => Math.sign(one.bulk) - Math.sign(other.bulk) || one.load - other.load)[0];
  /** So many connections as the requests need, all at once; where the server does not want more, they are asked for ever more rarely. */
  const openWanted = (): void => {
    const load = waiting + openOnes().reduce((sum, each) => sum + each.load, 0);
    const wanted = Math.min(limits.http2, Math.ceil(load / busyStreams));
    for (let more = wanted - openOnes().length - opening.size; more > 0 && performance.now() >= nextOpenAt; more -= 1) {
      open().then(
        () => {
          failedOpens = 0;
        },
        () => {
          failedOpens += 1;
          nextOpenAt = performance.now() + Math.min(30_000, 1000 * 2 ** failedOpens);
        },
      );
    }
  };
  const take = async ({ socket, tls, proxy }: Connection): Promise<void> => {
    if (closed) return void socket.destroy();
    if (isHttp2(socket)) {
      sessions = [
        ...sessions.filter(({ open: isOpen, load }) => isOpen || load > 0),
        // Where many requests share it, a dead connection must not take them all.
        openHttp2(origin, socket, limits.http2 > 1 ? { window: flowStart, isWatched: true } : {}),
      ];
      return;
    }
    const forward = proxy && !tls && !isSocks(proxy) ? proxy : null;
    http1Opening ??= openHttp1(origin, limits.http1, { connect: more, onItsWay }, forward);
    http1 = await http1Opening;
    if (closed) socket.destroy();
    else http1.adopt(socket);
  };
  const onItsWay = async (): Promise<boolean> => {
    if (opening.size === 0) return false;
    await Promise.race(opening).catch(() => {});
    return true;
  };
  /** One more for HTTP/1.1; a server that now wants HTTP/2 gets that for what follows. */
  const more = async (): Promise<Socket> => {
    const connection = await dial();
    if (!isHttp2(connection.socket)) return connection.socket;
    await take(connection);
    throw new UnheardRequest('the server went over to HTTP/2');
  };
  const open = (): Promise<void> => {
    const dialled = dial()
      .then(take)
      .finally(() => opening.delete(dialled));
    opening.add(dialled);
    return dialled;
  };
  /** Waits for one of the connections that are on their way: for a busy one company may come, until `until`. */
  const another = async (until: number): Promise<void> => {
    if (leastLoaded(false)) await Promise.race([...opening, pause(until - performance.now())]).catch(() => {});
    else await (opening.size > 0 ? Promise.any(opening).catch(firstError) : open());
    if (!http1 && !leastLoaded(false) && opening.size === 0)
      throw new UnheardRequest('the connection was closed at once');
  };

  let freshAt = Number.NEGATIVE_INFINITY;
  let freshOpening = Promise.resolve();
  const openFresh = (): Promise<void> => {
    if (performance.now() - freshAt > freshMs) {
      freshAt = performance.now();
      freshOpening = open();
    }
    return freshOpening;
  };

  const once = async (line: RequestLine, signal: AbortSignal, way: RequestWay): Promise<Incoming> => {
    const { fresh = false, onSent = () => {} } = way;
    const { isLarge = false } = line;
    if (fresh && !http1) await orAborted(openFresh(), signal);
    waiting += 1;
    try {
      let until: number | null = null;
      for (;;) {
        if (http1) return http1.request(line, signal, onSent);
        openWanted();
        const session = fresh ? openOnes().at(-1) : leastLoaded(isLarge);
        until ??= session ? performance.now() + companyMs : null;
        const mayWait = !fresh && opening.size > 0 && performance.now() < (until ?? 0);
        if (session && !(mayWait && session.load >= busyStreams)) {
          // Without a pause between choice and request: the next one sees that this one is there.
          const answer = session.request(line, signal, onSent);
          if (isLarge) flow.start();
          return answer;
        }
        await orAborted(another(until ?? Number.POSITIVE_INFINITY), signal);
      }
    } finally {
      waiting -= 1;
    }
  };

  return {
    async request(line, signal, way = {}) {
      for (let inVain = 0; ; ) {
        const before = answers;
        try {
          const answer = await once(line, signal, way);
          answers += 1;
          return answer;
        } catch (error) {
          // A server that answers others meanwhile will come to this one too: it leaves connections, or takes few requests on each.
          inVain = answers > before ? 0 : inVain + 1;
          const mayGoOn = error instanceof UnheardRequest && inVain <= mostInVain && !signal.aborted;
          if (!mayGoOn) throw error;
        }
      }
    },
    get parallel() {
      return http1 ? limits.http1 : sessions.length > 0 ? mostStreams : null;
    },
    get idle() {
      return http1 ? http1.idle : carrying().filter(({ bulk }) => bulk === 0).length;
    },
    close: async () => {
      closed = true;
      flow.stop();
      for (const session of sessions) session.close();
      await (await http1Opening)?.close();
    },
  };
}

/** Also said of a socket without TLS, by tests and to warm up. */
const isHttp2 = (socket: Socket): boolean => (socket as TLSSocket).alpnProtocol === 'h2';

function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new Error('aborted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** What the first of several attempts failed with. */
function firstError(error: unknown): never {
  throw error instanceof AggregateError ? error.errors[0] : error;
}
