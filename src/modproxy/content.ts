import { open, readFile } from 'node:fs/promises';
import type { Body } from '../relay/spool.ts';
import type { ProxyFile } from './proxy-file.ts';
import { type ReadAt, readFromFile, readFromMemory, readZipEntries } from './zip.ts';

/** Why a body cannot be what was asked for, or null. In the words of a server's fault, for people. */
export async function contentFault(file: ProxyFile, body: Body): Promise<string | null> {
  if (file.kind === 'zip') return zipFault(file, body);
  const text = await textOf(body);
  switch (file.kind) {
    case 'mod':
      return /^\s*module\b/m.test(text) ? null : notThis('a go.mod', text);
    case 'list':
      return /^[^\S\n]*(?!v\d)\S/m.test(text) ? notThis('a list of versions', text) : null;
    case 'lookup':
      return record.test(text) ? null : notThis('a record of the checksum database', text);
    case 'tree':
      return treeFault(file, body.size, text);
    default:
      return infoFault(file, text);
  }
}

/** A number, lines of go.sum, a blank line, and the signed tree (x/mod/sumdb `ParseRecord`). */
const record = /^\d+\n[^\n]+ h1:[^\n]+\n[\s\S]*\n\n— /;

function infoFault(file: ProxyFile, text: string): string | null {
  let version: unknown;
  try {
    version = (JSON.parse(text) as { Version?: unknown } | null)?.Version;
  } catch {
    return isHtml(text) ? 'an HTML page in place of JSON' : 'no JSON';
  }
  if (typeof version !== 'string' || version === '') return 'JSON without a version';
  return file.kind === 'info' && version !== file.version ? `information about version ${version} instead` : null;
}

async function zipFault(file: ProxyFile, body: Body): Promise<string | null> {
  const prefix = `${file.module}@${file.version}/`;
  try {
    return await withReader(body, async read => {
      const entries = await readZipEntries(read, body.size);
      const foreign = entries.find(({ name }) => !name.startsWith(prefix));
      return foreign ? `a zip with the unexpected file ${foreign.name}` : null;
    });
  } catch {
    const start = await withReader(body, read => read(0, Math.min(512, body.size)));
    return isHtml(start.toString('latin1')) ? 'an HTML page in place of a zip' : 'not a valid zip file';
  }
}

/** Hash tiles are 32 bytes a hash, 256 hashes or as many as the path says (golang.org/x/mod/sumdb/tlog `ParseTilePath`). */
function treeFault(file: ProxyFile, size: number, text: string): string | null {
  const tile = file.path.match(/\/tile\/\d+\/\d+\/(?:x\d{3}\/)*\d{3}(?:\.p\/(\d+))?$/);
  if (tile) return size === 32 * Number(tile[1] ?? 256) ? null : 'a tile of the wrong size';
  return isHtml(text) ? 'an HTML page in place of a part of the checksum database' : null;
}

/** Opens a body for reading at any place. */
export async function withReader<T>(body: Body, use: (read: ReadAt) => Promise<T>): Promise<T> {
  if (body.kind === 'memory') return use(readFromMemory(body.bytes));
  const file = await open(body.path, 'r');
  try {
    return await use(readFromFile(file));
  } finally {
    await file.close();
  }
}

/** The whole of a body that holds text. */
export async function textOf(body: Body): Promise<string> {
  return body.kind === 'memory' ? body.bytes.toString('utf8') : readFile(body.path, 'utf8');
}

function notThis(what: string, text: string): string {
  return isHtml(text) ? `an HTML page in place of ${what}` : `not ${what}`;
}

function isHtml(text: string): boolean {
  return /^\uFEFF?\s*<(?:!doctype|html|head|body|\?xml|!--)/i.test(text);
}
