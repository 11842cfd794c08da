import { isIP, type Socket } from 'node:net';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { Context } from '../context.ts';
import { authorityOf, hostAndPort } from './address.ts';
import type { Deadline } from './deadline.ts';
import { dial } from './dial.ts';
import { NetworkFailure, type Stage, wordsOf } from './failure.ts';
import { handshake, type TlsFacts } from './handshake.ts';
import { type AuthRules, type Logins, openLogins } from './logins.ts';
import { isSocks, type ProxyChoice, proxyFor } from './proxy-env.ts';
import { resolveHost } from './resolve.ts';
import { trustedCertificates } from './trust.ts';
import { connectThroughHttp, connectThroughSocks } from './tunnel.ts';

/** What the machine says about reaching the network, read once a run. */
export interface Network {
  readonly context: Context;
  /** Go's trust. The first call takes tens of milliseconds: `warmUp` makes it before any clock starts. */
  trust(): SecureContext;
  readonly logins: Logins;
}

/** Go's own value of GOAUTH, and the rules of a current release. */
const usualRules: AuthRules = { goauth: 'netrc', minor: null };

/** Reads the trust store. `lifetime` ends the commands of GOAUTH; without one they end with the context. */
export async function readNetwork(
  context: Context,
  rules: AuthRules = usualRules,
  lifetime: AbortSignal = context.signal,
): Promise<Network> {
  const ca = await trustedCertificates(context);
  // An authority of the store need not be a root for go.
  const options: SecureContextOptions & { allowPartialTrustChain: boolean } = { ca, allowPartialTrustChain: true };
  let made: SecureContext | null = null;
  const trust = (): SecureContext => {
    made ??= createSecureContext(options);
    return made;
  };
  return { context, trust, logins: openLogins(context, rules, lifetime) };
}

/** A connection that is ready for HTTP, and how long each stage took, milliseconds. */
export interface Connection {
  socket: Socket;
  /** 0 for an address. */
  dnsMs: number;
  connectMs: number;
  tlsMs: number | null;
  /** The address that answered. */
  address: string;
  tls: TlsFacts | null;
  proxy: ProxyChoice | null;
}

/** Notes each stage as it ends, the failing one too. */
export type StageNote = (stage: Stage, ok: boolean, durationMs: number, detail: string) => void;

/**
 * Connects to the host of a URL as go would: names, addresses, the environment's proxy, TLS. Stage `tcp` holds the proxy's
 * part too. Throws a `NetworkFailure`.
 */
export async function openConnection(
  network: Network,
  url: URL,
  deadline: Deadline,
  note: StageNote = () => {},
): Promise<Connection> {
  const destination = hostAndPort(url);
  const target = authorityOf(destination);
  const proxy = proxyFor(network.context.env, url);
  const first = proxy ?? destination;
  const firstTarget = authorityOf(first);

  const staged = async <T>(stage: Stage, work: () => Promise<T>, detail: (result: T) => string) => {
    const started = performance.now();
    try {
      const result = await work();
      const ms = performance.now() - started;
      note(stage, true, ms, detail(result));
      return { result, ms };
    } catch (error) {
      const failure = proxy && stage !== 'tls' ? viaProxy(error, firstTarget) : error;
      note(stage, false, performance.now() - started, wordsOf(failure));
      throw failure;
    }
  };

  if (first.port > 0xffff) {
    note('dns', true, 0, first.host);
    await staged('tcp', () => Promise.reject(new Error(`dial tcp: address ${first.port}: invalid port`)), String);
  }
  const resolved = isAddress(first.host)
    ? { result: [first.host], ms: 0 }
    : await staged(
        'dns',
        () => resolveHost(network.context, first.host, deadline),
        list => list.join(', '),
      );
  if (resolved.ms === 0) note('dns', true, 0, first.host);
  const addresses = resolved.result;
  // While the connection is on its way.
  if (url.protocol === 'https:') setImmediate(network.trust);
  const connected = await staged(
    'tcp',
    async () => {
      const socket = await dial(addresses, first.port, firstTarget, deadline);
      const address = authorityOf({ host: socket.remoteAddress ?? addresses[0]!, port: first.port });
      return { socket: proxy ? await throughProxy(network, socket, proxy, url, deadline) : socket, address };
    },
    ({ address }) => (proxy ? `${address} (${proxy.variable})` : address),
  );
  const { socket, address } = connected.result;
  const base = { dnsMs: resolved.ms, connectMs: connected.ms, address, proxy };
  if (url.protocol !== 'https:') return { ...base, socket, tlsMs: null, tls: null };
  const secure = await staged(
    'tls',
    () => handshake(socket, destination.host, target, network.trust(), deadline),
    ({ tls }) => `${tls.protocol}, ${tls.issuer}`,
  );
  return { ...base, socket: secure.result.socket, tlsMs: secure.ms, tls: secure.result.tls };
}

/** Over plain http an HTTP proxy is spoken to as to a server; everything else needs a tunnel. */
async function throughProxy(
  network: Network,
  socket: Socket,
  proxy: ProxyChoice,
  url: URL,
  deadline: Deadline,
): Promise<Socket> {
  try {
    if (isSocks(proxy)) {
      await connectThroughSocks(socket, proxy.login, hostAndPort(url), deadline);
      return socket;
    }
    const carrier =
      proxy.scheme === 'https'
        ? (await handshake(socket, proxy.host, authorityOf(proxy), network.trust(), deadline)).socket
        : socket;
    if (url.protocol === 'https:') await connectThroughHttp(carrier, proxy.login, hostAndPort(url), deadline);
    return carrier;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** An IPv6 address may carry a zone. */
function isAddress(host: string): boolean {
  return isIP(host.replace(/%.*/, '')) > 0;
}

/** Whatever keeps us from the proxy, or the proxy from the mirror, is the proxy's matter. */
function viaProxy(error: unknown, target: string): NetworkFailure {
  return new NetworkFailure('tcp', 'http-proxy-misconfigured', target, `proxyconnect tcp: ${wordsOf(error)}`);
}
