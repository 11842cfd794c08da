import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setImmediate as tick } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openOrigin } from '../../../src/system/network/origin.ts';

/** A connection that is left open keeps the process alive for as long as the server likes. */
describe('an origin that is closed', () => {
  const whens = Array.from({ length: 8 }, (_, turns) =>
    ['http/1.1', 'h2'].map(protocol => ({ protocol, turns })),
  ).flat();

  it.each(whens)(
    'leaves no connection open: $protocol, closed $turns turns after it was dialled',
    async ({ protocol, turns }) => {
      const server = createServer(() => {}).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      const url = new URL(`http://127.0.0.1:${port}/`);
      const none = { dnsMs: 0, connectMs: 0, tlsMs: null, tls: null, proxy: null, address: url.host };
      const origin = openOrigin(url.origin, { http1: 2, http2: 2 }, async () => ({
        socket: Object.assign(socket, { alpnProtocol: protocol }),
        ...none,
      }));
      const interrupt = new AbortController();
      const asked = origin.request({ method: 'GET', url, headers: {} }, interrupt.signal).catch(() => null);
      for (let turn = 0; turn < turns; turn++) await tick();
      interrupt.abort();
      await origin.close();
      await asked;
      if (!socket.closed) await once(socket, 'close', { signal: AbortSignal.timeout(20_000) });
      expect(socket.destroyed).toBe(true);
      server.close();
    },
  );
});
