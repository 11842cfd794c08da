import { networkInterfaces } from 'node:os';
import type { Context } from '../../system/context.ts';
import { readText } from '../../system/regular-file.ts';

/** Where names are asked, and whether this machine has any way out. */
export async function gatherNetwork({ platform }: Context): Promise<{ nameservers: string[]; online: boolean | null }> {
  const resolver = (await readText('/etc/resolv.conf')) ?? '';
  const nameservers = [...resolver.matchAll(/^\s*nameserver\s+(\S+)/gm)].map(([, address]) => address!);
  const connected = Object.values(networkInterfaces()).some(list => list?.some(({ internal }) => !internal));
  if (!connected) return { nameservers, online: false };
  return { nameservers, online: platform === 'linux' ? await hasRoute() : null };
}

/** Any route that leaves the machine, of either family; null where the kernel does not say. */
async function hasRoute(): Promise<boolean | null> {
  const [four, six] = await Promise.all(['/proc/net/route', '/proc/net/ipv6_route'].map(readText));
  if (four === null && six === null) return null;
  const routes = (four ?? '').trim().split('\n').slice(1);
  const leaving = (six ?? '').split('\n').filter(line => line && !/\blo$/.test(line) && !/^f[ef]/.test(line));
  return routes.length > 0 || leaving.length > 0;
}
