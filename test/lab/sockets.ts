import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onCleanup } from './cleanup.ts';

/** A port of 127.0.0.1 on which nothing listens: connections are refused. */
export async function closedPort(): Promise<number> {
  const server = await listen(() => {});
  await server.close();
  return server.port;
}

/** Something on a port that is no web server, closed at the end of the test file. */
export interface RawServer {
  readonly port: number;
  /** Connections accepted so far. */
  readonly accepted: number;
  close(): Promise<void>;
}

/** Accepts connections and never says a word: neither TLS nor HTTP begins. */
export const silentServer = (): Promise<RawServer> => listen(() => {});

/** Accepts connections and resets each at once, or as soon as the client has sent something. */
export const resettingServer = (when: 'at-once' | 'on-data' = 'at-once'): Promise<RawServer> =>
  listen(socket => {
    if (when === 'at-once') socket.resetAndDestroy();
    else socket.once('data', () => socket.resetAndDestroy());
  });

/** Answers whatever comes with these bytes and closes: what an SSH server or a broken middle box says. */
export const babblingServer = (bytes: string | Buffer): Promise<RawServer> => listen(socket => socket.end(bytes));

async function listen(accept: (socket: Socket) => void): Promise<RawServer> {
  const open = new Set<Socket>();
  let accepted = 0;
  const server = createServer(socket => {
    accepted++;
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => open.delete(socket));
    accept(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = onCleanup(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of open) socket.destroy();
    await closed;
  });
  return {
    port,
    get accepted() {
      return accepted;
    },
    close,
  };
}
