import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import type { Variables } from './machine.ts';
import { sizeOf } from './size.ts';
import { overWays } from './ways.ts';

/** A mirror that accepts a connection and then sends nothing would hold go for ever. */
const stallMs = 60_000;

/**
 * Lets go bring modules into a module cache, by whichever way leads to them: `await download(['mod', 'download'], { cwd, modules })`.
 * All that the lab takes from module proxies comes through here. A way on which nothing arrives for a minute is given up.
 */
export async function download(
  args: readonly string[],
  { cwd, modules, ways = overWays, limitMs = stallMs }: Download,
): Promise<void> {
  await ways(`go ${args.join(' ')} (in ${basename(cwd)})`, ({ env }) =>
    untilStalled(args, cwd, { ...env, GOMODCACHE: modules }, modules, limitMs),
  );
}

export interface Download {
  cwd: string;
  /** GOMODCACHE; made when it is not there. */
  modules: string;
  /** Default: this machine's. */
  ways?: typeof overWays;
  /** Milliseconds without a new byte after which a way is given up. */
  limitMs?: number;
}

function untilStalled(
  args: readonly string[],
  cwd: string,
  env: Variables,
  modules: string,
  limitMs: number,
): Promise<void> {
  const child = spawn('go', args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', chunk => {
    stderr += chunk;
  });
  let seen = -1;
  let since = performance.now();
  let stalled = false;
  const watch = setInterval(
    async () => {
      const size = await sizeOf(modules);
      if (size !== seen) [seen, since] = [size, performance.now()];
      else if (performance.now() - since > limitMs) stalled = child.kill('SIGKILL');
    },
    Math.min(limitMs / 4, 10_000),
  );
  return new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => {
      const why = stalled ? `nothing came for ${limitMs / 1000} s` : stderr.trim() || `go ended with ${code}`;
      if (code === 0) resolve();
      else reject(new Error(why));
    });
  }).finally(() => clearInterval(watch));
}
