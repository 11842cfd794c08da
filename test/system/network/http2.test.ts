import { once } from 'node:events';
import { createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHttp2 } from '../../../src/system/network/http2.ts';
import { relayTo } from '../../lab/relay.ts';

/** Answers `/slow` after ten seconds, and everything else at once. */
const server = createHttp2Server((request, response) => {
  setTimeout(() => response.end('here'), request.url === '/slow' ? 10_000 : 0);
});
let port: number;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

async function connectionTo(at: number): Promise<{ socket: Socket; get(path: string): Promise<number> }> {
  const socket = connect(at, '127.0.0.1');
  await once(socket, 'connect');
  const connection = openHttp2(`http://127.0.0.1:${at}`, socket, { isWatched: true });
  return {
    socket,
    async get(path) {
      const url = new URL(path, `http://127.0.0.1:${at}`);
      const { status, body } = await connection.request(
        { method: 'GET', url, headers: {} },
        new AbortController().signal,
        () => {},
      );
      await once(body.resume(), 'end');
      return status;
    },
  };
}

describe('a watched connection', { concurrent: true }, () => {
  it('is ended where nothing comes over it any more, with every request on it', async () => {
    const relay = await relayTo(port, [{ does: 'stall', afterMs: 500 }]);
    const { socket, get } = await connectionTo(relay.port);
    expect(await get('/now')).toBe(200);
    await new Promise(wake => setTimeout(wake, 1000));
    const ends = await Promise.allSettled([get('/one'), get('/other')]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(socket.destroyed).toBe(true);
  });

  it('stays where the server only takes its time', async () => {
    const { socket, get } = await connectionTo(port);
    expect(await get('/slow')).toBe(200);
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });

  it('stays where there is nothing to do on it', async () => {
    const { socket, get } = await connectionTo(port);
    expect(await get('/now')).toBe(200);
    await new Promise(wake => setTimeout(wake, 10_000));
    expect(await get('/now')).toBe(200);
    socket.destroy();
  });
});
