import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ProxyFile } from '../modproxy/proxy-file.ts';
import { codeOf } from '../system/network/failure.ts';
import { type Estimate, startEstimate } from './estimate.ts';
import type { Fetcher, FetchOptions } from './network/fetcher.ts';
import type { Reply } from './network/reply.ts';

/** A place to fetch from, as the settings or the command line name it. */
export interface UpstreamSpec {
  /** As people call it: the mirror's name, else host and path. */
  name: string;
  /** Base URL, credentials included. */
  url: URL;
  /** One's own, so that what it holds back must be asked of nobody else: saved with private patterns, or with credentials. */
  gatekeeper: boolean;
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
  estimate: Estimate;
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
  const isFile = spec.url.protocol === 'file:';
  const base = spec.url.href.replace(/\/+$/, '');
  const urlOf = (file: ProxyFile): URL => {
    const path = database ? file.path.slice(`sumdb/${database}/`.length) : file.path;
    return new URL(
      `${base}/${path.split('/').map(encodeURIComponent).join('/').replaceAll('%40', '@').replaceAll('%21', '!')}`,
    );
  };
  return {
    ...spec,
    index,
    database,
    estimate: startEstimate(),
    requests: 0,
    bytes: 0,
    failures: 0,
    get: (file, signal, options) => (isFile ? readLocal(urlOf(file)) : fetcher.get(urlOf(file), signal, options)),
    parallel: () => (isFile ? 16 : fetcher.origin(spec.url).parallel),
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
