import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';

/** What one request is answered with. */
export interface Content {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** A checksum database served below `/sumdb/NAME/`. */
export interface ChecksumDatabase {
  /** `sum.golang.org`. */
  readonly name: string;
  /** Answers `/lookup/...`, `/latest`, `/tile/...`: the text, or null where it has none. */
  answer(path: string): Promise<Buffer | null>;
}

export interface Files {
  /** Folders in GOPROXY's file layout (`GOMODCACHE/cache/download`); the first that has the file serves it. */
  tree?: string | readonly string[];
  /** Single files by path, before those of the folders; null: 404. */
  files?: Readonly<Record<string, string | Buffer | null>>;
  /** Default: none, 404 for all of `/sumdb/`. */
  sumdb?: ChecksumDatabase;
  /** The server is this checksum database itself, at its root, and no module proxy. */
  database?: ChecksumDatabase;
}

const notFound: Content = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: Buffer.from('not found: unknown revision\n'),
};

/** What a healthy module proxy over these files says to GET `path`. */
export async function contentOf(files: Files, path: string): Promise<Content> {
  const [pathname = ''] = path.split('?');
  if (files.database) {
    const body = await files.database.answer(pathname);
    return body ? found(pathname, body) : notFound;
  }
  const own = files.files?.[pathname];
  if (own === null) return notFound;
  if (own !== undefined) return found(pathname, Buffer.from(own));
  if (pathname.startsWith('/sumdb/')) return checksums(files.sumdb, pathname.slice('/sumdb/'.length));
  if (pathname.endsWith('/@latest')) return latest(files, pathname);
  if (!/\/@v\/(list|[^/]+\.(info|mod|zip))$/.test(pathname)) return notFound;
  for (const folder of [files.tree ?? []].flat()) {
    try {
      return found(pathname, await readFile(join(folder, normalize(pathname))));
    } catch {} // The next folder may have it.
  }
  return notFound;
}

async function checksums(database: ChecksumDatabase | undefined, path: string): Promise<Content> {
  if (!database || !path.startsWith(`${database.name}/`)) return notFound;
  const asked = path.slice(database.name.length);
  if (asked === '/supported') return found(path, Buffer.alloc(0));
  const body = await database.answer(asked);
  return body ? found(path, body) : notFound;
}

/** The `.info` of the last version of the list, which go keeps in order. */
async function latest(files: Files, path: string): Promise<Content> {
  const versions = path.replace('/@latest', '/@v/');
  const list = await contentOf(files, `${versions}list`);
  const version = list.body.toString().trim().split('\n').at(-1);
  if (list.status !== 200 || !version) return notFound;
  return { ...(await contentOf(files, `${versions}${version}.info`)) };
}

function found(path: string, body: Buffer): Content {
  const type = path.endsWith('.info')
    ? 'application/json'
    : path.endsWith('.zip')
      ? 'application/zip'
      : 'text/plain; charset=utf-8';
  return { status: 200, headers: { 'content-type': type, 'cache-control': 'public, max-age=604800' }, body };
}
