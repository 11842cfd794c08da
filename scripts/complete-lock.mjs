/**
 * Adds the optional packages of other platforms to package-lock.json (`npm run lock`). npm leaves out those that its registry
 * does not have, and `npm ci` then refuses the lock file everywhere.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['x64', 'arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32'];
const file = 'package-lock.json';
const folder = 'node_modules/';

const lock = JSON.parse(readFileSync(file, 'utf8'));
const depth = path => path.split(folder).length;
const installed = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .sort(([a], [b]) => depth(a) - depth(b));

for (const [path, { optionalDependencies = {} }] of installed) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const version = range.replace(/^[\^~=]/, '');
    const nested = path.slice(0, path.lastIndexOf(folder)) + folder + name;
    const top = folder + name;
    const there = [top, nested].map(place => lock.packages[place]).filter(entry => entry !== undefined);
    if (there.some(entry => entry.version === version || /^[\^~]/.test(range))) continue;
    lock.packages[lock.packages[top] ? nested : top] = entryOf(name, version);
  }
}

const sorted = Object.entries(lock.packages).sort(([a], [b]) =>
  a === '' ? -1 : b === '' ? 1 : a.localeCompare(b, 'en'),
);
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);

/** Which platform a package is for is in its name. */
function entryOf(name, version) {
  const words = name.slice(name.indexOf('/') + 1).split('-');
  const system = systems.find(word => words.includes(word));
  const processor = processors.find(word => words.includes(word));
  return {
    version,
    ...(processor ? { cpu: [processor] } : {}),
    dev: true,
    ...(words.some(word => word.startsWith('musl')) ? { libc: ['musl'] } : {}),
    optional: true,
    ...(system ? { os: [system] } : {}),
  };
}
