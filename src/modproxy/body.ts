import { readFile } from 'node:fs/promises';
import { memorySource, type Source, withFile } from './source.ts';

/** The whole content of a file that was fetched. */
export type Body = { kind: 'memory'; bytes: Buffer; size: number } | { kind: 'disk'; path: string; size: number };

/** Opens a body for reading at any place. */
export function withSource<T>(body: Body, use: (source: Source) => Promise<T>): Promise<T> {
  return body.kind === 'memory' ? use(memorySource(body.bytes)) : withFile(body.path, use);
}

/** The whole of a body: only of what is small. */
export async function bytesOf(body: Body): Promise<Buffer> {
  return body.kind === 'memory' ? body.bytes : readFile(body.path);
}

/** The same as text. */
export async function textOf(body: Body): Promise<string> {
  return (await bytesOf(body)).toString('utf8');
}
