import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Cause } from '../causes.ts';
import type { Trust } from '../mirrors/trust.ts';
import type { ProxyFile } from '../modproxy/proxy-file.ts';
import { urlBelow, writtenBelow } from '../modproxy/proxy-url.ts';
import type { Client, GetOptions } from '../system/network/client.ts';
import { codeOf } from '../system/network/failure.ts';
import type { Incoming } from '../system/network/incoming.ts';
import { startHealth, type UpstreamHealth } from './upstream-health.ts';

/** A place to fetch from, as the settings or the command line name it. */
export interface UpstreamSpec {
  /** As people call it: the mirror's name, else host and path. */
  name: string;
  /** Base URL as go takes it, credentials included. */
  url: string;
  /** Whether others may stand in for it. */
  trust: Trust;
  /** What lets a request go on to the next in the list: `,` not-found, `|` any-error; null at the end. */
  fallsBackOn: 'not-found' | 'any-error' | null;
}

/** The head of an answer, and its body as it arrives. */
export type UpstreamReply = Pick<Incoming, 'status' | 'statusText' | 'headers' | 'body'>;

/** One place to fetch from during a run, and what is known of its health. */
export interface Upstream extends UpstreamSpec {
  /** The place in the user's list. */
  index: number;
  /** The checksum database that it is itself, not a proxy of one; else null. */
  database: string | null;
  /** How fast it was so far, and how it is now. */
  health: UpstreamHealth;
  /** For the summary. */
  requests: number;
  bytes: number;
  failures: number;
  /** Bodies that broke off and were taken up again, by why they did. */
  readonly resumed: Partial<Record<Cause, number>>;
  /** Asks for a file. Throws for what is no answer at all. */
  get(file: ProxyFile, signal: AbortSignal, options?: GetOptions): Promise<UpstreamReply>;
  /** How many requests it takes at a time. */
  parallel(): number;
  /** How many connections for zips have nothing to do. */
  idle(): number;
}

/** Prepares an upstream; nothing is sent before the first `get`. */
export function openUpstream(spec: UpstreamSpec, index: number, database: string | null, client: Client): Upstream {
  const isFile = spec.url.startsWith('file:');
  // Once: a pull asks for the room at an upstream some hundred thousand times.
  const origin = URL.canParse(spec.url) ? new URL(spec.url).origin : '';
  const urlOf = ({ path }: ProxyFile): URL =>
    urlBelow(spec.url, database ? path.slice(`sumdb/${database}/`.length) : path);
  return {
    ...spec,
    index,
    database,
    health: startHealth(),
    requests: 0,
    bytes: 0,
    failures: 0,
    resumed: {},
    get: async (file, signal, options) => {
      const url = urlOf(file);
      if (isFile) return readLocal(url);
      return client.get(url, signal, {
        written: writtenBelow(spec.url, url),
        isLarge: file.kind === 'zip',
        ...options,
      });
    },
    idle: () => (isFile ? 0 : client.idle(origin)),
    parallel: () => (isFile ? 16 : client.parallel(origin)),
  };
}

/** A file of a `file://` proxy, answered as cmd/go/internal/web's `getFile` does. */
async function readLocal(url: URL): Promise<UpstreamReply> {
  const path = fileURLToPath(url);
  try {
    const { size } = await stat(path);
    const headers = { 'content-length': String(size) };
    return { status: 200, statusText: '', headers, body: createReadStream(path) };
  } catch (error) {
    const status = { ENOENT: 404, ENOTDIR: 404, EACCES: 403, EPERM: 403 }[codeOf(error)];
    if (status === undefined) throw error;
    return { status, statusText: '', headers: {}, body: Readable.from([]) };
  }
}
