import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { labMirror } from './mirror.ts';
import { moduleTree } from './modules.ts';
import { startProcess } from './process.ts';
import type { Sandbox } from './sandbox.ts';
import { closedPort } from './sockets.ts';
import { sumdbReplica } from './sumdb.ts';
import { tool } from './tools.ts';

export interface RealServer {
  /** What GOPROXY takes. */
  readonly url: string;
  /** What it asked its own upstream for. */
  readonly asked: () => string[];
}

/**
 * The software of goproxy.cn on loopback. Its modules and checksum records come from a mirror of the lab behind it.
 *
 * ```ts
 * const box = await sandbox();
 * const { url } = await realGoproxy(box);
 * ```
 */
export async function realGoproxy(box: Sandbox): Promise<RealServer> {
  const upstream = await labMirror({ tree: await moduleTree(), sumdb: await sumdbReplica() });
  const address = `127.0.0.1:${await closedPort()}`;
  const folder = await mkdtemp(join(box.root, 'goproxy-'));
  const databases = `sum.golang.org ${upstream.url}/sumdb/sum.golang.org`;
  const args = ['server', '--address', address, '--cacher-dir', folder, '--proxied-sumdbs', databases];
  const env = { GOPROXY: upstream.url, GOSUMDB: 'off', GOTOOLCHAIN: 'local' };
  await started(box, await tool('goproxy'), args, env, `http://${address}/sumdb/sum.golang.org/supported`);
  return { url: `http://${address}`, asked: () => upstream.requests.map(({ path }) => path) };
}

/**
 * Athens on loopback, which fetches by the go command from a mirror of the lab behind it. It passes no records of sum.golang.org
 * through: it would ask the real one.
 */
export async function realAthens(box: Sandbox): Promise<RealServer> {
  const upstream = await labMirror({ tree: await moduleTree(), sumdb: await sumdbReplica() });
  const port = await closedPort();
  const env = {
    ATHENS_PORT: `127.0.0.1:${port}`,
    ATHENS_STORAGE_TYPE: 'disk',
    ATHENS_DISK_STORAGE_ROOT: await mkdtemp(join(box.root, 'athens-')),
    ATHENS_GO_BINARY_ENV_VARS: `GOPROXY=${upstream.url};GOSUMDB=off;GOTOOLCHAIN=local;GOFLAGS=-modcacherw`,
    ATHENS_SUM_DBS: 'https://sumdb.test',
  };
  await started(box, await tool('athens'), [], env, `http://127.0.0.1:${port}/healthz`);
  return { url: `http://127.0.0.1:${port}`, asked: () => upstream.requests.map(({ path }) => path) };
}

/** Starts a server, to be killed with the sandbox's test file, and waits until it answers. */
async function started(
  box: Sandbox,
  file: string,
  args: readonly string[],
  env: Record<string, string>,
  ready: string,
): Promise<void> {
  const server = startProcess(file, args, { cwd: box.work, env: { ...box.env, ...env }, timeoutMs: 3_600_000 });
  for (const until = performance.now() + 60_000; performance.now() < until; ) {
    if (server.child.exitCode !== null) break;
    if (
      await fetch(ready).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise(wake => setTimeout(wake, 50));
  }
  throw new Error(`${file} does not serve:\n${server.output.stdout}${server.output.stderr}`);
}
