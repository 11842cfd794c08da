import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import type { Network } from './connection.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { dial } from './dial.ts';
import { exchange } from './exchange.ts';
import { openOrigin } from './origin.ts';

/** Longest that warming up may take; it is worth no more. */
const patienceMs = 1000;

/**
 * Runs the path of a request once against a server of this process on loopback, over HTTP/1.1 and HTTP/2, before any clock
 * starts: compiled and loaded for the first time, it costs 5 ms a stage that would be booked on the mirror.
 */
export async function warmUp(network: Network, signal: AbortSignal): Promise<void> {
  network.trust();
  const deadline = startDeadline(signal, patienceMs);
  const servers = [
    [createHttpServer((_, response) => response.end()), 'http/1.1'],
    [createHttp2Server((_, response) => response.end()), 'h2'],
  ] as const;
  try {
    for (const [server, protocol] of servers) await askOnce(server, protocol, deadline);
  } catch {
    // Without loopback the first times read a little too long, that is all.
  } finally {
    deadline.clear();
  }
}

async function askOnce(server: Server, alpnProtocol: 'http/1.1' | 'h2', deadline: Deadline): Promise<void> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = new URL(`http://127.0.0.1:${port}`);
  const origin = openOrigin(url.origin, { http1: 1, http2: 1 }, async () => {
    const socket = await dial(['127.0.0.1'], port, url.host, deadline);
    const none = { dnsMs: 0, connectMs: 0, tlsMs: null, tls: null, proxy: null, address: url.host };
    return { socket: Object.assign(socket, { alpnProtocol }), ...none };
  });
  try {
    await exchange(origin, { method: 'HEAD', url, headers: {} }, { maxBytes: 0, deadline });
  } finally {
    server.close();
    await origin.close();
  }
}
