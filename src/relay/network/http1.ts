import http from 'node:http';
import type { Socket } from 'node:net';
import { proxyAuthorization } from '../../system/network/tunnel.ts';
import type { Reply } from './reply.ts';

/** How many HTTP/1.1 connections one origin gets: it answers only one request at a time on each. */
export const http1Connections = 12;

/** Requests over HTTP/1.1 on connections that are kept and shared. */
export interface Http1Connections {
  get(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Reply>;
  /** Takes a connection that is open already. */
  adopt(socket: Socket): void;
  close(): void;
}

/** `connect` opens one more connection; `forward` is the HTTP proxy that wants the whole URL, or null. */
export function openHttp1(connect: () => Promise<Socket>, forward: URL | null): Http1Connections {
  const spare: Socket[] = [];
  class Connections extends http.Agent {
    override createConnection(_options: unknown, done?: (error: Error | null, socket: Socket) => void): undefined {
      const ready = takeSpare(spare);
      const socket = ready ? Promise.resolve(ready) : connect();
      socket.then(
        opened => done?.(null, opened),
        (error: Error) => done?.(error, undefined as never),
      );
    }
  }
  const agent = new Connections({ keepAlive: true, maxSockets: http1Connections, maxFreeSockets: http1Connections });
  return {
    get: (url, headers, signal) =>
      new Promise((resolve, reject) => {
        const target = forward ? withoutLogin(url) : `${url.pathname}${url.search}`;
        const login = forward && proxyAuthorization(forward);
        const request = http.request({
          agent,
          host: url.hostname,
          port: url.port,
          path: target,
          headers: { host: url.host, ...headers, ...(login ? { 'proxy-authorization': login } : {}) },
          signal,
        });
        request.once('error', reject);
        request.once('response', body => resolve({ status: body.statusCode ?? 0, headers: body.headers, body, url }));
        request.end();
      }),
    adopt: socket => {
      spare.push(socket);
    },
    close: () => {
      agent.destroy();
      for (const socket of spare) socket.destroy();
    },
  };
}

function takeSpare(spare: Socket[]): Socket | undefined {
  for (let socket = spare.pop(); socket; socket = spare.pop()) if (!socket.destroyed) return socket;
  return undefined;
}

function withoutLogin(url: URL): string {
  return `${url.origin}${url.pathname}${url.search}`;
}
