import { strToU8, zipSync } from 'fflate';

/**
 * A module made on the spot, as `files` of a mirror:
 * `labMirror({ files: { ...madeModule('corp.test/Lib', { 'v1.0.0': {}, 'v1.1.0': { 'go.mod': '...' } }), ...tree } })`.
 *
 * Each version takes the files that differ from the default: a `go.mod` that requires nothing and one Go file.
 * Versions are listed in the order given, which should be go's.
 */
export function madeModule(
  path: string,
  versions: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Record<string, Buffer> {
  const base = `/${escapePath(path)}/@v`;
  const made: Record<string, Buffer> = { [`${base}/list`]: Buffer.from(`${Object.keys(versions).join('\n')}\n`) };
  for (const [version, given] of Object.entries(versions)) {
    const files = { 'go.mod': `module ${path}\n`, 'made.go': 'package made\n', ...given };
    const name = `${base}/${escapePath(version)}`;
    made[`${name}.info`] = Buffer.from(JSON.stringify({ Version: version, Time: '2024-01-02T03:04:05Z' }));
    made[`${name}.mod`] = Buffer.from(files['go.mod']);
    made[`${name}.zip`] = moduleZip(path, version, files);
  }
  return made;
}

/** The zip of a module: each file below `path@version/`. The same content gives the same bytes. */
function moduleZip(path: string, version: string, files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).map(([name, text]) => [`${path}@${version}/${name}`, strToU8(text)] as const);
  return Buffer.from(zipSync(Object.fromEntries(entries), { mtime: '2024-01-02T03:04:05Z' }));
}

/** `Lib` is `!lib` in requests (x/mod/module EscapePath). */
function escapePath(path: string): string {
  return path.replace(/[A-Z]/g, letter => `!${letter.toLowerCase()}`);
}
