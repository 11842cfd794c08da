import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveNames } from './dns.ts';
import { bringUp } from './network.ts';
import { serve } from './serve.ts';
import type { World } from './world.ts';

/**
 * The process that is a world: started alone in new network and mount namespaces, it brings them up, serves every host and
 * name, and says `ready`. The namespaces go with it.
 */
async function main(file: string): Promise<void> {
  const world = JSON.parse(readFileSync(file, 'utf8')) as World;
  const { hosts, nameServer } = bringUp(world);
  const resolver = join(world.folder, 'resolv.conf');
  writeFileSync(resolver, `nameserver ${nameServer}\n`);
  for (const [target, source] of Object.entries({ '/etc/resolv.conf': resolver, ...world.binds })) {
    execFileSync('mount', ['--bind', source, target]);
  }
  const listens = !['dead', 'lost', 'nowhere'].includes(world.nameServer) && !world.offline;
  const here = (address: string) => !world.offline || address.startsWith('127.');
  if (listens) await serveNames(nameServer, world.nameServer, hosts);
  for (const host of hosts) {
    for (const address of host.at.filter(here)) {
      for (const [port, behaviour] of Object.entries(host.ports ?? {}))
        await serve(world, hosts, { host, address, port: Number(port), behaviour });
    }
  }
  process.stdout.write('ready\n');
}

// The world ends with whoever asked for it, however that ends.
process.stdin.on('end', () => process.exit()).resume();
process.on('uncaughtException', error => process.stderr.write(`${error.stack}\n`));
await main(process.argv[2]!);
