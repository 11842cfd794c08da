import { chmod, copyFile, cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { download } from './download.ts';
import { builtQuickly, offlineGo } from './machine.ts';
import { removeTree } from './sandbox.ts';
import { withScratch } from './scratch.ts';
import { prepared } from './store.ts';

const athens = 'github.com/gomods/athens';

/** The Go programs the tests use: real servers, and the lab's own helpers. Each is a Go module in `tools-go/NAME`. */
const packages = {
  goproxy: 'github.com/goproxy/goproxy/cmd/goproxy',
  athens: `${athens}/cmd/proxy`,
  sumdb: '.',
  link: '.',
  proofs: '.',
} as const;

export type Tool = keyof typeof packages;

/**
 * Athens is built with its disk alone: what speaks to clouds and databases is nine tenths of it, and no test uses it. Its files for
 * which ours in `tools-go/athens/_adapters` stand in; an empty name: for which none does.
 */
const adapters: Readonly<Record<string, string>> = {
  'cmd/proxy/actions/storage.go': 'storage.go',
  'pkg/observ/observ.go': 'observ.go',
  'pkg/observ/stats.go': '',
  'pkg/stash/with_azureblob.go': '',
  'pkg/stash/with_etcd.go': '',
  'pkg/stash/with_gcs.go': '',
  'pkg/stash/with_redis.go': 'stash.go',
  'pkg/stash/with_redis_sentinel.go': '',
};

/**
 * The path of a tool's binary, built at the first call (10 to 20 s) and kept in the lab's cache; the versions are
 * those of its go.mod, checked against its go.sum.
 *
 * ```ts
 * const server = box.exec(await tool('goproxy'), ['server', '--address', '127.0.0.1:8081', '--cacher-dir', folder]);
 * ```
 */
export async function tool(name: Tool): Promise<string> {
  const source = join(import.meta.dirname, 'tools-go', name);
  const files = (await readdir(source, { recursive: true })).filter(file => /\.(go|mod|sum)$/.test(file)).sort();
  const inputs = await Promise.all(files.map(file => readFile(join(source, file))));
  const folder = await prepared(name, [...inputs, JSON.stringify(name === 'athens' && adapters)], to =>
    withScratch(async ({ modules, build }) => {
      const cwd = name === 'athens' ? await adaptedAthens(source, modules) : source;
      // Only the modules that are compiled.
      if (files.includes('go.sum')) await download(['list', '-deps', packages[name]], { cwd, modules });
      // A line of 1 Gbit/s takes all that the compiler can do.
      const how = name === 'link' ? ['-ldflags=-s -w'] : builtQuickly;
      const flags = [...how, '-o', join(to, name)];
      await offlineGo(cwd, ['build', ...flags, packages[name]], { GOMODCACHE: modules, GOCACHE: build });
    }),
  );
  return join(folder, name);
}

/** A module that builds Athens from a copy of its sources, beside the module cache, in which our files stand. */
async function adaptedAthens(source: string, modules: string): Promise<string> {
  await download(['mod', 'download', athens], { cwd: source, modules });
  const original = await offlineGo(source, ['list', '-m', '-f', '{{.Dir}}', athens], { GOMODCACHE: modules });
  const folder = join(dirname(modules), 'athens');
  const copy = join(folder, 'source');
  await cp(original.trim(), copy, { recursive: true });
  for (const [file, ours] of Object.entries(adapters)) {
    await rm(join(copy, file));
    if (ours) await copyFile(join(source, '_adapters', ours), join(copy, file));
  }
  for (const file of ['go.mod', 'go.sum']) await copyFile(join(source, file), join(folder, file));
  await offlineGo(folder, ['mod', 'edit', `-replace=${athens}=./source`]);
  return folder;
}

/** Other Go releases that tests may ask for; the last of each line that go-mirror says something about. */
export const goReleases = ['1.18.10', '1.20.14', '1.21.13', '1.22.12', '1.23.12', '1.24.11', '1.25.5'] as const;

/**
 * What is kept of a release: enough for `go env`, `go version`, `go list -m` and `go mod download`, but not for compiling, as the
 * standard library would be ten times as much. `pkg/tool` is what a GOROOT is known by.
 */
const keptFiles = ['VERSION', 'go.env', 'bin/go'];

/**
 * The path of another release's `go` (`await goRelease('1.21.13')`), in a part of a module cache that holds nothing else. Downloaded
 * at the first call (60 to 80 MB), and then stripped. Run it with GOTOOLCHAIN=local.
 */
export async function goRelease(version: (typeof goReleases)[number]): Promise<string> {
  const [system, processor] = (await hostPlatform()).split(' ');
  const path = `golang.org/toolchain@v0.0.1-go${version}.${system}-${processor}`;
  const folder = await prepared(`go${version}`, [path, ...keptFiles], to =>
    withScratch(async scratch => {
      const modules = join(scratch.modules, version); // Of its own, so that it can be watched and goes early.
      await download(['mod', 'download', path], { cwd: to, modules });
      const goroot = join(to, path);
      for (const file of keptFiles) await copyIfThere(join(modules, path, file), join(goroot, file));
      await mkdir(join(goroot, `pkg/tool/${system}_${processor}`), { recursive: true });
      await chmod(join(goroot, 'bin/go'), 0o755);
      const hash = `cache/download/${path.replace('@', '/@v/')}.ziphash`;
      await copyIfThere(join(modules, hash), join(to, hash));
      await removeTree(modules);
    }),
  );
  return join(folder, path, 'bin/go');
}

/** `linux amd64`: the platform that this machine's go is built for. */
let platform: Promise<string> | undefined;
const hostPlatform = (): Promise<string> => {
  platform ??= offlineGo(import.meta.dirname, ['env', 'GOHOSTOS', 'GOHOSTARCH']).then(text =>
    text.trim().replace('\n', ' '),
  );
  return platform;
};

async function copyIfThere(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error; // Before 1.21 there was no go.env.
  });
}
