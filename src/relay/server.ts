import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { type ProxyFile, parseProxyPath } from '../modproxy/proxy-file.ts';
import type { Failure, Outcome } from './outcome.ts';

/** What the server hands on. */
export interface Source {
  want(file: ProxyFile): Promise<Outcome>;
  /** Called once go has all of it, or has gone away in the middle (`complete` false). */
  served(file: ProxyFile, outcome: Outcome, complete: boolean): Promise<void>;
}

export interface Server {
  /** What go is given as GOPROXY: a random port, and a path that no other process can guess. */
  url: string;
  close(): Promise<void>;
}

/** Serves a module proxy on loopback. */
export async function startServer(source: Source): Promise<Server> {
  const token = randomBytes(16).toString('hex');
  const server = createServer((request, response) => {
    answer(source, token, request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${token}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  source: Source,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = request.method === 'GET' ? fileOf(request.url ?? '', token) : null;
  if (file === 'supported') return void response.writeHead(200).end();
  if (!file) return say(response, 404, 'not found');
  const outcome = await source.want(file);
  if (outcome.kind !== 'file') {
    return say(response, outcome.status, wordsFor(outcome.failures));
  }
  const { body } = outcome;
  response.writeHead(200, { 'content-length': body.size, 'content-type': contentType(file) });
  let complete = true;
  try {
    if (body.kind === 'memory') await new Promise<void>(resolve => response.end(body.bytes, resolve));
    // Without its end, a small file takes two buffers of the full size.
    else await pipeline(createReadStream(body.path, { highWaterMark: 256 * 1024, end: body.size - 1 }), response);
  } catch {
    complete = false;
    response.destroy();
  }
  await source.served(file, outcome, complete);
}

function fileOf(url: string, token: string): ProxyFile | 'supported' | null {
  let path: string;
  try {
    path = decodeURIComponent(url.split('?')[0]!);
  } catch {
    return null;
  }
  if (!path.startsWith(`/${token}/`)) return null;
  const rest = path.slice(token.length + 2);
  return /^sumdb\/[^/]+(\/.+)?\/supported$/.test(rest) ? 'supported' : parseProxyPath(rest);
}

/** Plain text, since go shows no other: which upstream failed, and how. */
function wordsFor(failures: readonly Failure[]): string {
  return failures.map(({ upstream, words }) => `${upstream}: ${words}`).join('; ') || 'no mirror answers';
}

function say(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${words}\n`);
}

function contentType({ kind }: ProxyFile): string {
  if (kind === 'zip') return 'application/zip';
  return kind === 'info' || kind === 'latest' || kind === 'query' ? 'application/json' : 'text/plain; charset=utf-8';
}
