import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Route } from '../../src/go/route.ts';
import { hashGoMod, hashZip } from '../../src/modproxy/dirhash.ts';
import { memorySource } from '../../src/modproxy/source.ts';
import { onCleanup } from '../lab/cleanup.ts';
import { madeModule } from '../lab/made-module.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import type { Combination } from './route-combinations.ts';

/** Who was asked for the module's files, and who for its checksums; each host once, in the order of its first request. */
export interface Asked {
  files: string[];
  sums: string[];
}

export interface Observed {
  asked: Asked;
  /** What the real go wrote. */
  stderr: string;
  /** What `go-mirror route --json` says. */
  result: { route: Route } | { refused: RouteError };
}

export interface RouteError {
  code: string;
  message: string;
  /** Where GOSUMDB is refused: the route with GOSUMDB=off, as go notices it only once it has a file to verify. */
  withoutDatabase: Route | null;
}

const databases = ['sum.golang.org', 'sum.golang.google.cn', 'sums.test', 'sums.corp.test'];
export const version = 'v1.0.0';

/** Runs `go-mirror route` and the real `go mod download -x` under a combination, on one server that stands for every host there is. */
export async function observe(combination: Combination): Promise<Observed> {
  const world = await startWorld(combination);
  const box = await sandbox({ env: { HTTP_PROXY: world.proxy, HTTPS_PROXY: world.proxy, GOFLAGS: '-modcacherw' } });
  try {
    await applySettings(box, combination);
    if (combination.goSum) await writeProject(box, combination.module, world.files);
    const argument = `${combination.module}@${version}`;
    const answer = await route(box, argument);
    const { stderr } = await box.go(['mod', 'download', '-x', argument]);
    const asked = world.asked();
    if (!('error' in answer)) return { asked, stderr, result: { route: answer } };
    const { code, message } = answer.error;
    const again = code.endsWith('.gosumdb') ? await route(box, argument, { GOSUMDB: 'off' }) : null;
    const withoutDatabase = again && !('error' in again) ? again : null;
    return { asked, stderr, result: { refused: { code, message, withoutDatabase } } };
  } finally {
    await box.remove();
    await world.close();
  }
}

async function route(box: Sandbox, argument: string, env: Record<string, string> = {}) {
  const { stdout } = await box.run(['route', '--json', argument], { env });
  return JSON.parse(stdout) as Route | { error: { code: string; message: string } };
}

async function applySettings(box: Sandbox, { settings, inFile }: Combination): Promise<void> {
  if (!inFile) {
    Object.assign(box.env, settings);
    return;
  }
  const folder = join(box.home, '.config/go');
  await mkdir(folder, { recursive: true });
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(folder, 'env'), lines.join(''));
}

async function writeProject(box: Sandbox, module: string, files: Record<string, Buffer>): Promise<void> {
  const named = (ending: string): Buffer => Object.entries(files).find(([path]) => path.endsWith(ending))![1];
  await writeFile(join(box.work, 'go.mod'), `module example.test/main\n\ngo 1.21\n\nrequire ${module} ${version}\n`);
  const sums = [
    `${module} ${version} ${await hashZip(memorySource(named('.zip')))}`,
    `${module} ${version}/go.mod ${hashGoMod(named('.mod'))}`,
  ];
  await writeFile(join(box.work, 'go.sum'), `${sums.join('\n')}\n`);
}

/** An HTTP proxy that answers for every host itself: mirrors over plain http as the combination says; nobody answers over TLS. */
async function startWorld({ module, hosts }: Combination) {
  const files = madeModule(module, { [version]: {} });
  const log: { kind: 'files' | 'sums'; host: string }[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url!);
    const path = decodeURIComponent(url.pathname);
    const kind = path.includes('/sumdb/') || databases.includes(url.hostname) ? 'sums' : 'files';
    log.push({ kind, host: url.hostname });
    const host = hosts[url.hostname];
    const supported = path.endsWith('/supported');
    const status = kind === 'sums' ? (supported && host ? host.sums : 404) : (host?.files ?? 404);
    const body = kind === 'files' ? Object.entries(files).find(([name]) => path.endsWith(name))?.[1] : '';
    response.writeHead(body === undefined ? 404 : status).end(status === 200 ? body : '');
  });
  server.on('connect', (request, socket) => {
    const host = request.url!.replace(/:443$/, '');
    log.push({ kind: databases.includes(host) ? 'sums' : 'files', host });
    socket.on('error', () => {});
    socket.end('HTTP/1.1 502 Nobody\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = onCleanup(() => {
    server.close();
    server.closeAllConnections();
  });
  const hostsOf = (wanted: string): string[] => [
    ...new Set(log.filter(({ kind }) => kind === wanted).map(({ host }) => host)),
  ];
  return {
    proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    asked: (): Asked => ({ files: hostsOf('files'), sums: hostsOf('sums') }),
    close,
  };
}
