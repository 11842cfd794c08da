import { type Body, textOf, withSource } from './body.ts';
import type { ProxyFile } from './proxy-file.ts';
import { readZip } from './zip.ts';
import { ZipError } from './zip-error.ts';

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
    const entries = await withSource(body, readZip);
    const foreign = entries.find(({ name }) => !name.startsWith(prefix));
    return foreign ? `a zip with the unexpected file ${Buffer.from(foreign.name, 'latin1')}` : null;
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    const start = await withSource(body, source => source.read(0, 512));
    return isHtml(start.toString('latin1')) ? 'an HTML page in place of a zip' : 'not a valid zip file';
  }
}

/** Hash tiles are 32 bytes a hash, 256 hashes or as many as the path says (golang.org/x/mod/sumdb/tlog `ParseTilePath`). */
function treeFault(file: ProxyFile, size: number, text: string): string | null {
  const tile = file.path.match(/\/tile\/\d+\/\d+\/(?:x\d{3}\/)*\d{3}(?:\.p\/(\d+))?$/);
  if (tile) return size === 32 * Number(tile[1] ?? 256) ? null : 'a tile of the wrong size';
  return isHtml(text) ? 'an HTML page in place of a part of the checksum database' : null;
}

function notThis(what: string, text: string): string {
  return isHtml(text) ? `an HTML page in place of ${what}` : `not ${what}`;
}

function isHtml(text: string): boolean {
  return /^\uFEFF?\s*<(?:!doctype|html|head|body|\?xml|!--)/i.test(text);
}
