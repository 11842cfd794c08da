import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server } from 'node:net';
import { join } from 'node:path';
import type { Recorded } from '../../fault.ts';
import { madeModule } from '../../made-module.ts';
import { labMirror } from '../../mirror.ts';
import { forwardProxy } from './forward.ts';
import { gitServer } from './git.ts';
import type { PlacedHost } from './network.ts';
import { folderDatabase } from './sumdb.ts';
import type { Port, Role, World } from './world.ts';

/** A port of a host. */
export interface Place {
  host: PlacedHost;
  address: string;
  port: number;
  behaviour: Port;
}

/** Opens one port of a host. What a module proxy or a checksum database is asked is written down in `requests.log` of the world's folder. */
export async function serve(
  world: World,
  hosts: readonly PlacedHost[],
  { host, address, port, behaviour }: Place,
): Promise<void> {
  const { role, mute } = behaviour;
  const tls = behaviour.tls ? world.certificates[behaviour.tls] : undefined;
  if (mute) return listen(muteServer(mute), address, port);
  if (behaviour.oldTls && tls) {
    const old = { ...tls, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;
    return listen(
      createHttps(old, (_, response) => response.end()),
      address,
      port,
    );
  }
  if (!role) throw new Error(`Nothing to serve on ${address}:${port}`);
  if (role.kind === 'modules' || role.kind === 'sumdb') {
    const { kind: _, sumdb, empty, made, ...options } = role as Extract<Role, { kind: 'modules' }>;
    const database = folderDatabase(world.sumdb);
    const files =
      role.kind === 'sumdb'
        ? { database }
        : { ...(empty ? {} : { tree: world.modules }), ...(sumdb === false ? {} : { sumdb: database }) };
    const own = Object.entries(made ?? {}).map(([path, versions]) => madeModule(path, versions));
    const http1 = behaviour.http1 ? { http1: true } : {};
    await labMirror({
      ...files,
      ...options,
      files: Object.assign({}, options.files, ...own),
      ...http1,
      ...(tls ? { tls } : {}),
      address,
      port,
      onRequest: ({ path }: Recorded) =>
        appendFileSync(join(world.folder, 'requests.log'), `${host.names[0]} ${path.replace(/\s/g, ' ')}\n`),
    } as never);
    return;
  }
  if (role.kind === 'forward') return listen(forwardProxy(world, hosts, role, tls), address, port);
  const handler: RequestListener =
    role.kind === 'git'
      ? gitServer(role, world.folder, `${address}-${port}`)
      : (_, response) => {
          response.writeHead(role.status ?? 200, {
            'content-type': role.type ?? 'text/html; charset=utf-8',
            ...role.headers,
          });
          response.end(role.body);
        };
  return listen(tls ? createHttps(tls, handler) : createHttp(handler), address, port);
}

function muteServer(mute: NonNullable<Port['mute']>): Server {
  return createTcp(socket => {
    socket.on('error', () => {});
    if (mute === 'reset') socket.once('data', () => socket.resetAndDestroy());
    else if (mute === 'close') socket.once('data', () => socket.end());
    else if (mute === 'stall') socket.resume();
    else socket.end(mute.say);
  });
}

async function listen(server: Server, address: string, port: number): Promise<void> {
  server.listen(port, address);
  await once(server, 'listening');
}
