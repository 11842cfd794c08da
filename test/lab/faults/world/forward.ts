import { createServer as createHttp, request as httpRequest, type Server } from 'node:http';
import { createServer as createHttps, request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { PlacedHost } from './network.ts';
import type { Role, World } from './world.ts';

type Forward = Extract<Role, { kind: 'forward' }>;
type Tls = { cert: string; key: string } | undefined;

/** An HTTP proxy that knows the hosts of the world without asking the name server, as one at the edge of a company does. */
export function forwardProxy(world: World, hosts: readonly PlacedHost[], role: Forward, tls: Tls): Server {
  const addressOf = (name: string) => hosts.find(host => host.names.includes(name))?.at[0] ?? name;
  const expected = role.login && `Basic ${Buffer.from(role.login).toString('base64')}`;
  const welcome = (header: string | undefined) => !expected || header === expected;
  const allowed = (name: string) => !role.only || role.only === name;
  const mitm = role.intercept ? interceptor(world, role.intercept, addressOf) : null;

  const server = tls ? createHttps(tls) : createHttp();
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', 'http://none');
    if (!welcome(request.headers['proxy-authorization'])) {
      return void response
        .writeHead(407, { 'proxy-authenticate': 'Basic realm="proxy"' })
        .end('proxy login required\n');
    }
    if (role.plain || !allowed(url.hostname))
      return void response.writeHead(role.plain ?? 403).end('denied by proxy policy\n');
    const target = { host: addressOf(url.hostname), port: url.port || 80, path: url.pathname + url.search };
    const onward = httpRequest({ ...target, method: request.method, headers: request.headers }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end('bad gateway\n'));
    request.pipe(onward);
  });
  server.on('connect', (request, client: Socket) => {
    client.on('error', () => {});
    const [name = '', port = '443'] = (request.url ?? '').split(/:(?=\d+$)/);
    const refuse = (status: number, header = '') =>
      client.end(`HTTP/1.1 ${status} Denied\r\n${header}Content-Length: 0\r\n\r\n`);
    if (!welcome(request.headers['proxy-authorization']))
      return void refuse(407, 'Proxy-Authenticate: Basic realm="proxy"\r\n');
    if (role.connect || !allowed(name)) return void refuse(role.connect ?? 403);
    if (mitm) {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      mitm.emit('connection', client);
      return;
    }
    const onward = connect(Number(port), addressOf(name.replace(/^\[|\]$/g, '')), () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      client.pipe(onward).pipe(client);
    });
    onward.on('error', () => refuse(502));
    client.on('close', () => onward.destroy());
  });
  return server;
}

/** Ends every TLS connection itself, as an inspecting gateway does, and asks the real host on. */
function interceptor(
  world: World,
  kind: NonNullable<Forward['intercept']>,
  addressOf: (name: string) => string,
): Server {
  return createHttps(world.certificates[kind], (request, response) => {
    const host = request.headers.host ?? '';
    const onward = httpsRequest(
      {
        host: addressOf(host.split(':')[0]!),
        servername: host.split(':')[0],
        path: request.url,
        method: request.method,
        headers: request.headers,
        rejectUnauthorized: false,
      },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.writeHead(502).end('bad gateway\n'));
    request.pipe(onward);
  });
}
