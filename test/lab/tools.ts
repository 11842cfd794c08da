import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labCache, machineGo } from './machine.ts';
import { prepared } from './store.ts';

/** The Go programs the tests use: real servers, and the lab's own helpers. Each is a Go module in `tools-go/NAME`. */
const packages = {
  goproxy: 'github.com/goproxy/goproxy/cmd/goproxy',
  athens: 'github.com/gomods/athens/cmd/proxy',
  sumdb: '.',
  link: '.',
  proofs: '.',
} as const;

export type Tool = keyof typeof packages;

/**
 * The path of a tool's binary, built at the first call (goproxy 20 s, Athens 90 s) and kept in the lab's cache; the versions are
 * those of its go.mod, checked against its go.sum.
 *
 * ```ts
 * const server = box.exec(await tool('goproxy'), ['server', '--address', '127.0.0.1:8081', '--cacher-dir', folder]);
 * ```
 */
export async function tool(name: Tool): Promise<string> {
  const source = join(import.meta.dirname, 'tools-go', name);
  const files = (await readdir(source)).filter(file => /\.(go|mod|sum)$/.test(file)).sort();
  const inputs = await Promise.all(files.map(file => readFile(join(source, file))));
  const folder = await prepared(name, inputs, async to => {
    await machineGo(source, ['build', '-o', join(to, name), packages[name]], { CGO_ENABLED: '0' });
  });
  return join(folder, name);
}

/** Other Go releases that tests may ask for; the last of each line that go-mirror says something about. */
export const goReleases = ['1.18.10', '1.20.14', '1.21.13', '1.22.12', '1.23.12', '1.24.11', '1.25.5'] as const;

/**
 * The path of another release's `go` (`await goRelease('1.21.13')`), downloaded at the first call (60 to 80 MB) into the lab's
 * module cache. Run it with GOTOOLCHAIN=local.
 */
export async function goRelease(version: (typeof goReleases)[number]): Promise<string> {
  const known = await readdir(join(labCache, 'modules/golang.org')).catch((): string[] => []);
  if (!known.some(name => name.includes(`-go${version}.`))) process.stderr.write(`lab: fetching go${version}\n`);
  await mkdir(labCache, { recursive: true });
  const root = await machineGo(labCache, ['env', 'GOROOT'], { GOTOOLCHAIN: `go${version}` });
  return join(root.trim(), 'bin/go');
}
