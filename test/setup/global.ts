import { moduleTree } from '../lab/modules.ts';
import { sumdbReplica } from '../lab/sumdb.ts';
import { goRelease, goReleases, tool } from '../lab/tools.ts';

/**
 * Prepares what the tests stand on before the first of them runs, so that none waits for a build: real servers, other Go
 * releases, real modules, real checksum records. Only this step uses the network, through this machine's own go. The first run
 * takes some minutes, later ones find everything in the lab's cache.
 */
export async function setup(): Promise<void> {
  await moduleTree();
  await sumdbReplica();
  for (const name of ['link', 'proofs', 'goproxy', 'athens'] as const) await tool(name);
  for (const version of goReleases) await goRelease(version);
}
