import { execFileSync } from 'node:child_process';
import { isIPv6 } from 'node:net';
import type { Host, World } from './world.ts';

const gateway = '10.255.255.254';
const nameServer4 = '10.53.0.53';
const nameServer6 = 'fd53::53';

/** A host with its addresses worked out. */
export interface PlacedHost extends Host {
  /** Where it listens. */
  at: readonly string[];
  /** What the name server answers. */
  records: readonly string[];
}

/**
 * Brings the namespace up: loopback, one interface with every host's address, and a default route into nowhere, so that a packet
 * to any other address is lost as behind a firewall. No packet leaves the namespace.
 */
export function bringUp(world: World): { hosts: PlacedHost[]; nameServer: string } {
  const hosts = world.hosts.map((host, index) => place(host, index + 1, world.ipv6Only));
  const nameServer = world.ipv6Only ? nameServer6 : nameServer4;
  const local = new Set(hosts.flatMap(host => host.at).filter(address => !/^127\.|^::1$/.test(address)));
  if (!['lost', 'nowhere'].includes(world.nameServer)) local.add(nameServer);
  const lines = ['link set lo up'];
  if (!world.offline) {
    lines.push('link add eth0 type veth peer name wall', 'link set eth0 up', 'link set wall up');
    lines.push(...(world.ipv6Only ? ipv6 : ipv4));
    if (world.nameServer === 'nowhere') lines.push(`route add unreachable ${nameServer}/32`);
    for (const address of local) {
      lines.push(isIPv6(address) ? `-6 addr add ${address}/128 dev lo nodad` : `addr add ${address}/32 dev lo`);
    }
  }
  for (const line of lines) execFileSync('ip', line.split(' '), { stdio: ['ignore', 'ignore', 'inherit'] });
  return { hosts, nameServer };
}

const ipv4 = [
  'addr add 10.0.0.1/32 dev eth0',
  `route add ${gateway}/32 dev eth0 scope link`,
  `neigh replace ${gateway} lladdr 02:00:00:00:00:01 dev eth0 nud permanent`,
  `route add default via ${gateway} dev eth0 src 10.0.0.1`,
  'route add unreachable 10.66.0.0/16',
];

const ipv6 = [
  '-6 addr add fd00::1/128 dev eth0 nodad',
  '-6 neigh replace fe80::1 lladdr 02:00:00:00:00:01 dev eth0 nud permanent',
  '-6 route add fd99::/16 via fe80::1 dev eth0',
];

function place(host: Host, index: number, ipv6Only: boolean): PlacedHost {
  const net = host.nowhere === 'lost' ? 99 : host.nowhere ? 66 : 64;
  const next = ipv6Only ? `fd${net}::${index.toString(16)}` : `10.${net}.0.${index}`;
  const addresses = host.addresses ?? [next];
  return {
    ...host,
    at: host.nowhere ? [] : addresses,
    records: Array.isArray(host.dns) ? host.dns : addresses,
  };
}
