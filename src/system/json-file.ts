import { readFile } from 'node:fs/promises';
import type { ZodMiniType } from 'zod/mini';
import { CliError } from './errors.ts';

/**
 * Reads a JSON file and checks it against its schema. Null where there is no such file. Throws the error `code` with
 * `{file, place, detail}`: the place is `line:column`, both from 1, with the path of the value (`12:7 mirrors[3].status`) where the
 * JSON is sound but breaks the schema, and `-` where the file cannot be read.
 */
export async function readJson<T>(
  file: string,
  code: string,
  schema: () => Promise<ZodMiniType<T>>,
): Promise<T | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code: reason = String(error) } = error as NodeJS.ErrnoException;
    if (reason === 'ENOENT' || reason === 'ENOTDIR') return null;
    throw new CliError(code, { file, place: '-', detail: reason });
  }
  const json = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new CliError(code, { file, place: await placeOfFault(json), detail: (error as Error).message });
  }
  const checked = (await schema()).safeParse(value);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0]!;
  throw new CliError(code, { file, place: await placeOfValue(json, issue.path), detail: issue.message });
}

/** Where JSON is broken. The words of the engine name a position only sometimes, and not the same in every release. */
async function placeOfFault(text: string): Promise<string> {
  const { parse } = await import('jsonc-parser');
  const faults: { offset: number }[] = [];
  parse(text, faults as never, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  return lineAndColumn(text, faults[0]?.offset ?? text.length);
}

/** Where a value stands, and its path: of a missing one the place of what it is missing in. */
async function placeOfValue(text: string, path: readonly PropertyKey[]): Promise<string> {
  const { parseTree, findNodeAtLocation } = await import('jsonc-parser');
  const root = parseTree(text);
  const keys = path.map(key => (typeof key === 'number' ? key : String(key)));
  let node = root;
  for (let length = keys.length; root && length >= 0; length--) {
    node = findNodeAtLocation(root, keys.slice(0, length));
    if (node) break;
  }
  const name = keys.map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return `${lineAndColumn(text, node?.offset ?? 0)} ${name.replace(/^\./, '')}`.trim();
}

function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
}
