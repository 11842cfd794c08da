import { moduleTree } from '../lab/modules.ts';
import { sumdbReplica } from '../lab/sumdb.ts';
import { tool } from '../lab/tools.ts';

/**
 * Prepares what the tests stand on before the first of them runs, so that none of them waits for a build: real servers, real modules,
 * real checksum records. Only this step uses the network, through this machine's own go. The first run takes about three minutes,
 * later ones find everything in the lab's cache.
 */
export async function setup(): Promise<void> {
  await moduleTree();
  await sumdbReplica();
  await tool('toxiproxy');
  await tool('goproxy');
  await tool('athens');
}
