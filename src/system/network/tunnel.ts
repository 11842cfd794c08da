import type { Socket } from 'node:net';
import { userAgent } from '../../version.ts';
import { untrusted } from '../text.ts';
import { basic, type Login } from './credentials.ts';
import type { Deadline } from './deadline.ts';
import { parseIp } from './ip.ts';

/** What a proxy was asked to reach. */
interface Destination {
  host: string;
  port: number;
}

/** Asks an HTTP proxy for a tunnel. Rejects with the reason in words, `late` when the deadline ends first. */
export async function connectThroughHttp(
  socket: Socket,
  login: Login | null,
  { host, port }: Destination,
  deadline: Deadline,
): Promise<void> {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`, `User-Agent: ${userAgent}`];
  if (login) lines.push(`Proxy-Authorization: ${basic(login)}`);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const head = await readUntil(socket, deadline, bytes => {
    const end = bytes.indexOf('\r\n\r\n');
    return end < 0 ? null : end + 4;
  });
  const status = head.toString('latin1').split('\r\n')[0]!;
  if (!/^HTTP\/1\.[01] 200\b/.test(status)) throw new Error(untrusted(status.replace(/^HTTP\/1\.[01] /, '')));
}

/** Asks a SOCKS5 proxy (RFC 1928, 1929); it resolves the name itself, as Go lets it. */
export async function connectThroughSocks(
  socket: Socket,
  login: Login | null,
  { host, port }: Destination,
  deadline: Deadline,
): Promise<void> {
  const { user, password } = login ?? { user: Buffer.alloc(0), password: Buffer.alloc(0) };
  if (Buffer.byteLength(host) > 255) throw new Error('socks connect: FQDN too long');
  socket.write(Buffer.from(login ? [5, 2, 0, 2] : [5, 1, 0]));
  const [, method] = await read(socket, deadline, 2);
  if (method === 2) {
    const fits = user.length > 0 && user.length <= 255 && password.length <= 255;
    if (!fits) throw new Error('socks connect: invalid username/password');
    socket.write(Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([password.length]), password]));
    if ((await read(socket, deadline, 2))[1] !== 0) throw new Error('socks connect: username/password refused');
  } else if (method !== 0) {
    throw new Error('socks connect: no acceptable authentication method');
  }
  socket.write(Buffer.concat([Buffer.from([5, 1, 0]), addressBytes(host), Buffer.from([port >> 8, port & 255])]));
  const [, reply, , kind] = await read(socket, deadline, 4);
  if (reply !== 0) throw new Error(`socks connect: ${socksReplies[reply!] ?? `reply ${reply}`}`);
  const length = kind === 1 ? 4 : kind === 4 ? 16 : (await read(socket, deadline, 1))[0]!;
  await read(socket, deadline, length + 2);
}

const socksReplies: Readonly<Record<number, string>> = {
  1: 'general SOCKS server failure',
  2: 'connection not allowed by ruleset',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  6: 'TTL expired',
  7: 'command not supported',
  8: 'address type not supported',
};

function addressBytes(host: string): Buffer {
  const address = parseIp(host);
  if (address) return Buffer.concat([Buffer.from([address.length === 4 ? 1 : 4]), address]);
  return Buffer.concat([Buffer.from([3, Buffer.byteLength(host)]), Buffer.from(host)]);
}

function read(socket: Socket, deadline: Deadline, length: number): Promise<Buffer> {
  return readUntil(socket, deadline, bytes => (bytes.length < length ? null : length));
}

/** Reads until `end` says where the answer ends, and gives back to the socket what follows it. */
function readUntil(socket: Socket, deadline: Deadline, end: (bytes: Buffer) => number | null): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const settle = (): void => {
      deadline.signal.removeEventListener('abort', late);
      socket.removeListener('data', data).removeListener('error', fail).removeListener('end', ended);
      socket.pause();
    };
    const fail = (error: Error): void => {
      settle();
      reject(error);
    };
    const late = (): void => fail(new Error('i/o timeout'));
    const ended = (): void => fail(new Error('EOF'));
    const data = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      const length = end(bytes);
      if (length === null) {
        if (bytes.length > 65_536) fail(new Error('answer too long'));
        return;
      }
      settle();
      if (bytes.length > length) socket.unshift(bytes.subarray(length));
      resolve(bytes.subarray(0, length));
    };
    socket.on('data', data).once('error', fail).once('end', ended);
    if (deadline.signal.aborted) late();
    else deadline.signal.addEventListener('abort', late, { once: true });
    socket.resume();
  });
}
