import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { PlacedHost } from './network.ts';
import type { NameServer } from './world.ts';

const code = { ok: 0, servfail: 2, nxdomain: 3, refused: 5 } as const;

/** A name server on UDP that knows the hosts of the world and nobody else. */
export async function serveNames(address: string, mode: NameServer, hosts: readonly PlacedHost[]): Promise<void> {
  const byName = new Map(hosts.flatMap(host => host.names.map(name => [name.toLowerCase(), host] as const)));
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  socket.on('message', (query, from) => {
    const { name, type, end } = question(query);
    const host = byName.get(name) ?? byName.get(`*${name.slice(name.indexOf('.'))}`);
    const verdict = mode === 'ok' || mode === 'captive' ? (typeof host?.dns === 'string' ? host.dns : 'ok') : mode;
    if (verdict === 'silent') return;
    const delayMs = verdict === 'slow' ? 1000 : 0;
    const known = mode === 'captive' ? hosts.find(each => each.names[0] === 'portal')?.records : host?.records;
    const records = (verdict === 'ok' || verdict === 'slow' ? (known ?? []) : []).filter(
      record => isIPv6(record) === (type === 28),
    );
    const answers = type === 1 || type === 28 ? records : [];
    const status =
      verdict === 'servfail' || verdict === 'refused' || verdict === 'nxdomain'
        ? code[verdict]
        : known
          ? code.ok
          : code.nxdomain;
    const message = reply(query.subarray(0, end), status, type, answers);
    setTimeout(() => socket.send(message, from.port, from.address), delayMs);
  });
  socket.bind(53, address);
  await once(socket, 'listening');
}

function question(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  while (query[at]) {
    const length = query[at]!;
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** RFC 1035: the question back, and an A or AAAA record for each address, pointing at the name in it. */
function reply(query: Buffer, status: number, type: number, addresses: readonly string[]): Buffer {
  const head = Buffer.from(query);
  head.writeUInt16BE(0x8180 | status, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(addresses.length, 6);
  head.writeUInt32BE(0, 8);
  const records = addresses.map(address => {
    const data = isIPv6(address) ? bytes6(address) : Buffer.from(address.split('.').map(Number));
    const fields = Buffer.alloc(12);
    fields.writeUInt16BE(0xc00c, 0);
    fields.writeUInt16BE(type, 2);
    fields.writeUInt16BE(1, 4);
    fields.writeUInt32BE(30, 6);
    fields.writeUInt16BE(data.length, 10);
    return Buffer.concat([fields, data]);
  });
  return Buffer.concat([head, ...records]);
}

function bytes6(address: string): Buffer {
  const [before = [], after = []] = address.split('::').map(part => (part === '' ? [] : part.split(':')));
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return Buffer.from(groups.map(group => group.padStart(4, '0')).join(''), 'hex');
}
