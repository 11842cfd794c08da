import { once } from 'node:events';
import { createServer as createHttp, request as httpRequest, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Certificate } from './certificates.ts';
import { onCleanup } from './cleanup.ts';

export interface ProxyOptions {
  kind: 'http' | 'https' | 'socks5';
  /** Of an `https` proxy. */
  tls?: Certificate;
  /** Refuses without it: `user:password`. */
  login?: string;
  /** Ports of 127.0.0.1 by the name that is asked for; it resolves names itself, as a proxy at a company's edge does. */
  to: Readonly<Record<string, number>>;
}

/** A proxy on loopback, closed at the end of the test file. */
export interface LabProxy {
  /** What HTTPS_PROXY takes: `http://127.0.0.1:PORT`, with the login. */
  readonly url: string;
  readonly host: string;
  /** `CONNECT mirror.test:443`, `GET http://mirror.test/x`, `SOCKS mirror.test:443`, in their order. */
  readonly seen: string[];
  /** What each of these logged in with: `user:password`, or `-`. */
  readonly logins: string[];
  close(): Promise<void>;
}

/** Names in `*.test` need no name server: the proxy is on loopback, and whom it is asked for need not be. */
export async function labProxy(options: ProxyOptions): Promise<LabProxy> {
  const seen: string[] = [];
  const logins: string[] = [];
  const open = new Set<Socket>();
  const server = options.kind === 'socks5' ? socksServer(options, seen, logins) : httpProxy(options, seen, logins);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => open.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = onCleanup(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return { url: `${options.kind}://${options.login ? `${options.login}@` : ''}${host}`, host, seen, logins, close };
}

function httpProxy({ kind, tls, login, to }: ProxyOptions, seen: string[], logins: string[]): Server {
  const note = (header: string | undefined): void => {
    logins.push(header ? Buffer.from(header.replace('Basic ', ''), 'base64').toString() : '-');
  };
  const expected = login && `Basic ${Buffer.from(decodeURIComponent(login)).toString('base64')}`;
  const server = kind === 'https' ? createHttps(tls!) : createHttp();
  server.on('request', (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    note(request.headers['proxy-authorization']);
    if (expected && request.headers['proxy-authorization'] !== expected) return void response.writeHead(407).end();
    const { hostname, pathname, search } = new URL(request.url!);
    const { 'proxy-authorization': _, ...headers } = request.headers;
    const onward = httpRequest({
      host: '127.0.0.1',
      port: to[hostname],
      path: pathname + search,
      method: request.method,
      headers,
    });
    onward.on('response', answer => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on('connect', (request, client: Socket) => {
    seen.push(`CONNECT ${request.url}`);
    note(request.headers['proxy-authorization']);
    const refuse = (status: string): void => void client.end(`HTTP/1.1 ${status}\r\n\r\n`);
    if (expected && request.headers['proxy-authorization'] !== expected)
      return refuse('407 Proxy Authentication Required');
    const port = to[request.url!.replace(/:\d+$/, '').toLowerCase()];
    if (port === undefined) return refuse('502 Bad Gateway');
    const onward = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\nVia: 1.1 lab\r\n\r\n');
      client.pipe(onward).pipe(client);
    });
    onward.on('error', () => client.destroy());
    client.on('error', () => onward.destroy()).on('close', () => onward.destroy());
  });
  return server;
}

/** RFC 1928 and 1929, as far as a client that connects needs them. */
function socksServer({ login, to }: ProxyOptions, seen: string[], logins: string[]): Server {
  return createServer(
    client => void serveSocks(client, login ?? null, to, { seen, logins }).catch(() => client.destroy()),
  ) as Server;
}

async function serveSocks(
  client: Socket,
  login: string | null,
  to: ProxyOptions['to'],
  { seen, logins }: Pick<LabProxy, 'seen' | 'logins'>,
): Promise<void> {
  const read = reader(client);
  const [, count] = await read(2);
  const methods = [...(await read(count!))];
  const method = login ? 2 : 0;
  if (!methods.includes(method)) {
    seen.push('SOCKS');
    logins.push('-');
    return void client.end(Buffer.from([5, 0xff]));
  }
  let shown = '-';
  client.write(Buffer.from([5, method]));
  if (login) {
    const user = await read((await read(2))[1]!);
    const password = await read((await read(1))[0]!);
    shown = `${user}:${password}`;
    const right = shown === decodeURIComponent(login);
    if (!right) {
      seen.push('SOCKS');
      logins.push(shown);
    }
    client.write(Buffer.from([1, right ? 0 : 1]));
    if (!right) return void client.end();
  }
  const [, , , kind] = await read(4);
  const name = kind === 3 ? String(await read((await read(1))[0]!)) : [...(await read(4))].join('.');
  const asked = (await read(2)).readUInt16BE();
  seen.push(`SOCKS ${name}:${asked}`);
  logins.push(shown);
  const port = to[name.toLowerCase()];
  if (port === undefined) return void client.end(Buffer.from([5, 4, 0, 1, 0, 0, 0, 0, 0, 0]));
  const onward = connect(port, '127.0.0.1', () => {
    client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
    client.pipe(onward).pipe(client);
    client.resume();
  });
  onward.on('error', () => client.destroy());
  client.on('close', () => onward.destroy());
}

function reader(socket: Socket): (length: number) => Promise<Buffer> {
  return async length => {
    if (length === 0) return Buffer.alloc(0);
    for (;;) {
      const bytes = socket.read(length) as Buffer | null;
      if (bytes) return bytes;
      await Promise.race([
        once(socket, 'readable'),
        once(socket, 'close').then(() => Promise.reject(new Error('gone'))),
      ]);
    }
  };
}
