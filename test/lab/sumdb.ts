import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import type { ChecksumDatabase } from './content.ts';
import { execute } from './machine.ts';
import { projectFolder } from './modules.ts';
import { prepared } from './store.ts';
import { tool } from './tools.ts';
import { overWays } from './ways.ts';

/** As in Go's source, cmd/go/internal/modfetch/key.go. */
const key = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';

/** Modules whose records are there beside those of the project's go.sum: a toolchain. */
const others = ['golang.org/toolchain v0.0.1-go1.21.13.linux-amd64'];

export interface SumdbReplica extends ChecksumDatabase {
  /** A tree head that the database signed years before the one served as latest, for tests of replay. */
  readonly olderHead: Buffer;
  /** Its answers as files, by path. */
  readonly folder: string;
}

/**
 * A replica of sum.golang.org that every client of it accepts: the real signed records of the project's modules, with the tiles
 * that prove them, against one tree head. Taken once at set-up; served from disk.
 *
 * ```ts
 * const mirror = await labMirror({ tree: await moduleTree(), sumdb: await sumdbReplica() });
 * await box.go(['mod', 'download'], { env: { GOPROXY: mirror.url } }); // GOSUMDB as it is by default
 * const bad = await labMirror({ ..., faults: [{ path: '/lookup/', tamper: true }] });
 * ```
 */
export async function sumdbReplica(): Promise<SumdbReplica> {
  const sums = await readFile(join(projectFolder, 'go.sum'), 'utf8');
  const folder = await prepared('sumdb-replica', [sums, ...others], async to => replicate(modulesOf(sums), to));
  return {
    name: 'sum.golang.org',
    folder,
    olderHead: await readFile(join(folder, 'older')),
    answer: path => readFile(join(folder, normalize(path))).catch(() => null),
  };
}

/** `path version` of each module that go.sum has a line of, its zip or its go.mod. */
function modulesOf(sums: string): string[] {
  const lines = sums.trim().split('\n');
  return [
    ...new Set(
      lines.map(line =>
        line
          .split(' ')
          .slice(0, 2)
          .join(' ')
          .replace(/\/go\.mod$/, ''),
      ),
    ),
  ].concat(others);
}

/** By each way, asks its proxies for the database first, as go does, and then the database itself. */
async function replicate(modules: readonly string[], to: string): Promise<void> {
  const helper = await tool('sumdb');
  await overWays('the records of sum.golang.org', async ({ settings, env }) => {
    const proxies = (settings.GOPROXY ?? '').split(/[,|]/).filter(proxy => proxy.includes('://'));
    const bases = [...proxies.map(proxy => `${proxy}/sumdb/sum.golang.org`), 'https://sum.golang.org'];
    const failures: string[] = [];
    for (const base of bases) {
      try {
        await execute(helper, ['-from', base, '-key', key, '-to', to], { input: modules.join('\n'), env });
        return;
      } catch (error) {
        failures.push((error as Error).message);
      }
    }
    throw new Error(failures.join('\n'));
  });
}
