import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Trust } from '../mirrors/trust.ts';
import type { ProxyFile } from '../modproxy/proxy-file.ts';
import { urlBelow } from '../modproxy/proxy-url.ts';
import { codeOf } from '../system/network/failure.ts';
import type { Fetcher, FetchOptions } from './network/fetcher.ts';
import type { Reply } from './network/reply.ts';
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
  /** Asks for a file. Throws for what is no answer at all. */
  get(file: ProxyFile, signal: AbortSignal, options?: FetchOptions): Promise<Reply>;
  /** How many requests it takes at a time. */
  parallel(): number;
}

/** Prepares an upstream; nothing is sent before the first `get`. */
export function openUpstream(spec: UpstreamSpec, index: number, database: string | null, fetcher: Fetcher): Upstream {
  const isFile = spec.url.startsWith('file:');
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
    get: async (file, signal, options) => (isFile ? readLocal(urlOf(file)) : fetcher.get(urlOf(file), signal, options)),
    parallel: () => (isFile ? 16 : fetcher.parallel(spec.url)),
  };
}

/** A file of a `file://` proxy, answered as cmd/go/internal/web's `getFile` does. */
async function readLocal(url: URL): Promise<Reply> {
  const path = fileURLToPath(url);
  try {
    const { size } = await stat(path);
    return { status: 200, headers: { 'content-length': String(size) }, body: createReadStream(path), url };
  } catch (error) {
    const status =
      codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' ? 404 : codeOf(error) === 'EACCES' ? 403 : 0;
    if (status === 0) throw error;
    const { Readable } = await import('node:stream');
    return { status, headers: {}, body: Readable.from([]), url };
  }
}
