import { judge } from '../go/judge.ts';
import { ensureDebianPackages } from '../lab/debian.ts';
import { moduleTree } from '../lab/modules.ts';
import { nodeLines, nodeRelease } from '../lab/node.ts';
import { sumdbReplica } from '../lab/sumdb.ts';
import { goRelease, goReleases, tool } from '../lab/tools.ts';

/** Something that the tests stand on. */
export interface Piece {
  readonly name: string;
  make(): Promise<unknown>;
}

/** What takes the processor: programs that are compiled. */
const compiled: readonly Piece[] = [
  { name: 'sumdb, which copies a checksum database', make: () => tool('sumdb') },
  { name: 'link, which emulates lines', make: () => tool('link') },
  { name: "proofs, golang.org/x/mod's own functions", make: () => tool('proofs') },
  { name: 'goproxy', make: () => tool('goproxy') },
  { name: "the judge, go's own functions", make: judge },
  { name: 'Athens', make: () => tool('athens') },
];

/** What comes from module proxies. */
const modules: readonly Piece[] = [
  { name: 'a project of 106 modules', make: moduleTree },
  { name: 'records of sum.golang.org', make: sumdbReplica },
  ...goReleases.map(version => ({ name: `Go ${version}`, make: () => goRelease(version) })),
];

/** What comes from other places. */
const packages: readonly Piece[] = [
  { name: 'Chromium and network tools', make: debianPackages },
  ...nodeLines.map(line => ({ name: `Node.js ${line}`, make: () => nodeRelease(line) })),
];

/** Each lane is made one after the other, the lanes beside each other: they wait for the network more than for the processor. */
export const lanes: readonly (readonly Piece[])[] = [compiled, modules, packages];

/** Where they may not be installed, the tests that need them say so themselves: the others can run. */
async function debianPackages(): Promise<void> {
  try {
    await ensureDebianPackages({ ip: 'iproute2', nsenter: 'util-linux', curl: 'curl', chromium: 'chromium' });
  } catch (error) {
    process.stderr.write(`set-up: ${(error as Error).message}\n`);
  }
}
