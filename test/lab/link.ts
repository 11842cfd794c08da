import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type CertificateAuthority, certificateAuthority } from './certificates.ts';
import { onCleanup } from './cleanup.ts';
import { ensureDebianPackages } from './debian.ts';
import { tool } from './tools.ts';

/** A mirror and the line that leads to it. */
export interface EmulatedMirror {
  /** Milliseconds there and back. */
  rttMs: number;
  /** Each direction's, shared by all connections to this mirror. */
  megabitsPerSecond: number;
  /** Milliseconds the server thinks before each answer. Default 0. */
  serverMs?: number;
  /** Share of the packets lost, each way: 0.01. Default 0. */
  loss?: number;
  /** How many milliseconds of traffic wait before the bottleneck at most; what comes then is lost. Default: a round trip, at least 100. */
  queueMs?: number;
  /** HTTP/1.1 only. Default: HTTP/2. */
  http1?: boolean;
  /** Names that its certificate is valid for, beside its address. */
  names?: readonly string[];
  /** The path below which it serves: `/goproxy`. Default: the root. */
  basePath?: string;
  /** False: it passes no checksum database through. */
  sumdb?: boolean;
}

export interface MirrorStatistics {
  requests: number;
  /** Of the bodies. */
  bytes: number;
  /** Answers of 400 and above. */
  failures: number;
}

export interface EmulatedNetwork {
  /** What GOPROXY takes, one for each mirror: `https://10.77.0.1`. */
  readonly urls: readonly string[];
  /** Their addresses. */
  readonly addresses: readonly string[];
  /** Name of the network namespace that clients are in. */
  readonly namespace: string;
  /** Its root certificate is what clients must trust: `SSL_CERT_FILE: network.ca.writeTo(folder)`. */
  readonly ca: CertificateAuthority;
  /** A command as it must be started to see these mirrors: `box.exec(...network.inside('go', ['mod', 'download']))`. */
  inside(file: string, args: readonly string[]): [file: string, args: string[]];
  /** What has been asked of each mirror so far. */
  statistics(): Promise<MirrorStatistics[]>;
  close(): Promise<void>;
}

/**
 * A network of its own with module mirrors in it, each at the end of a line of given round trip, rate, loss and server time. Packets
 * cross two TUN devices between two network namespaces and are delayed in user space, so TCP's handshake and slow start, TLS and
 * HTTP/2 are real. The mirrors serve a tree and, if given, a checksum database as sum.golang.org. Needs root and `/dev/net/tun`.
 *
 * ```ts
 * const network = await emulatedNetwork([{ rttMs: 150, megabitsPerSecond: 100, serverMs: 20 }], { tree, sumdb: replica.folder });
 * const box = await sandbox({ env: { GOPROXY: network.urls[0], SSL_CERT_FILE: network.ca.writeTo(folder) } });
 * await box.exec(...network.inside('go', ['mod', 'download']));
 * ```
 * Commands inside reach nothing but the mirrors and their own loopback, which test servers outside are not on.
 */
export async function emulatedNetwork(
  mirrors: readonly EmulatedMirror[],
  files: { tree: string | readonly string[]; sumdb?: string },
): Promise<EmulatedNetwork> {
  if (!canEmulate()) throw new Error('Emulated links need root and /dev/net/tun.');
  await ensureDebianPackages({ ip: 'iproute2', nsenter: 'util-linux' });
  const addresses = mirrors.map((_, index) => `10.77.0.${index + 1}`);
  const ca = certificateAuthority();
  const leaf = ca.leaf({ names: [...addresses, ...mirrors.flatMap(mirror => mirror.names ?? [])] });

  const child = spawn(await tool('link'), [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));
  const close = onCleanup(async () => {
    child.stdin.end();
    await ended;
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ask = async (line: object | string): Promise<string> => {
    child.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('The emulated network is down.');
    return value;
  };
  const namespace = await ask({
    Tree: [files.tree].flat(),
    SumDB: files.sumdb ?? '',
    Cert: leaf.cert,
    Key: leaf.key,
    // Large segments save the processor on fast links; on slow or lossy ones packets shall be queued and lost one by one.
    Offload: mirrors.every(mirror => mirror.megabitsPerSecond >= 300 && !mirror.loss),
    Mirrors: mirrors.map((mirror, index) => ({
      Address: addresses[index],
      RttMs: mirror.rttMs,
      Mbit: mirror.megabitsPerSecond,
      ServerMs: mirror.serverMs ?? 0,
      Loss: mirror.loss ?? 0,
      QueueMs: mirror.queueMs ?? Math.max(100, mirror.rttMs),
      HTTP1: mirror.http1 ?? false,
      Base: mirror.basePath ?? '',
      NoSumDB: mirror.sumdb === false,
    })),
  });
  return {
    urls: addresses.map((address, index) => `https://${address}${mirrors[index]!.basePath ?? ''}`),
    addresses,
    namespace,
    ca,
    inside: (file, args) => ['nsenter', [`--net=/run/netns/${namespace}`, file, ...args]],
    statistics: async () => JSON.parse(await ask('statistics')) as MirrorStatistics[],
    close,
  };
}

/** Whether this process may make network namespaces and TUN devices: Linux, `/dev/net/tun`, CAP_NET_ADMIN and CAP_SYS_ADMIN. */
export function canEmulate(): boolean {
  if (!existsSync('/dev/net/tun')) return false;
  const capabilities = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  const needed = (1n << 12n) | (1n << 21n);
  return (BigInt(`0x${capabilities}`) & needed) === needed;
}
