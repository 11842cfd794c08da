import type { Cause } from '../causes.ts';
import { type Body, textOf, withSource } from './body.ts';
import { markupOf } from './markup.ts';
import type { ProxyFile } from './proxy-file.ts';
import { readZip } from './zip.ts';
import { ZipError } from './zip-error.ts';

/** Why a body can't be the file that was asked for. `words` are for people. */
interface ContentFault {
  cause: Cause;
  words: string;
}

/** Looks whether a body can be what was asked for; null where it can. Its hash is another matter. */
export async function contentFault(file: ProxyFile, body: Body): Promise<ContentFault | null> {
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

/** A number, lines of go.sum, a blank line, and the signed tree (x/mod/sumdb/tlog `ParseRecord`). */
const record = /^\d+\n[^\n]+ h1:[^\n]+\n[\s\S]*\n\n— /;

/** As `proxyRepo.Stat`: the version must be the one asked for (cmd/go/internal/modfetch/proxy.go). */
function infoFault(file: ProxyFile, text: string): ContentFault | null {
  const version = versionIn(text);
  if (version === undefined) return notThis('JSON', text);
  if (version === null || version === '') return { cause: 'captive-or-html-response', words: 'JSON without a version' };
  if (file.kind !== 'info' || version === file.version) return null;
  return { cause: 'captive-or-html-response', words: `version ${version} instead of ${file.version}` };
}

/** The `Version` of an `.info`; null where there is none, undefined where the text is no JSON. */
export function versionIn(text: string): string | null | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const version = value && typeof value === 'object' && 'Version' in value ? value.Version : null;
    return typeof version === 'string' ? version : null;
  } catch {
    return undefined;
  }
}

async function zipFault(file: ProxyFile, body: Body): Promise<ContentFault | null> {
  const prefix = `${file.module}@${file.version}/`;
  try {
    const entries = await withSource(body, readZip);
    const foreign = entries.find(({ name }) => !name.startsWith(prefix));
    if (!foreign) return null;
    const words = `a zip with the unexpected file ${Buffer.from(foreign.name, 'latin1')}`;
    return { cause: 'truncated-download', words };
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    const start = await withSource(body, source => source.read(0, 1000));
    return notThis('a valid zip file', start.toString('latin1'));
  }
}

/** Hash tiles are 32 bytes a hash, 256 hashes or as many as the path says (golang.org/x/mod/sumdb/tlog `ParseTilePath`). */
function treeFault(file: ProxyFile, size: number, text: string): ContentFault | null {
  const tile = file.path.match(/\/tile\/\d+\/\d+\/(?:x\d{3}\/)*\d{3}(?:\.p\/(\d+))?$/);
  if (tile && size !== 32 * Number(tile[1] ?? 256)) return notThis('a tile of the right size', text);
  return !tile && markupOf(text) ? notThis('a part of the checksum database', text) : null;
}

function notThis(what: string, text: string): ContentFault {
  return markupOf(text)
    ? { cause: 'captive-or-html-response', words: `an HTML page in place of ${what}` }
    : { cause: 'truncated-download', words: `not ${what}` };
}
