import { readFile } from 'node:fs/promises';
import type { ZodType } from 'zod';
import { CliError } from '../system/errors.ts';

/**
 * Reads a JSON file and checks it against its schema. Null where there is no such file.
 * Throws the error `code` with `{file, place, detail}`: the place is `line:column` for broken JSON, the path of the value otherwise.
 */
export async function readJson<T>(file: string, code: string, schema: () => Promise<ZodType<T>>): Promise<T | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code: reason = String(error) } = error as NodeJS.ErrnoException;
    if (reason === 'ENOENT' || reason === 'ENOTDIR') return null;
    throw new CliError(code, { file, place: '-', detail: reason });
  }
  const value = parse(text.replace(/^\uFEFF/, ''), file, code);
  const checked = (await schema()).safeParse(value);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0]!;
  throw new CliError(code, { file, place: placeOf(issue.path), detail: issue.message });
}

function parse(text: string, file: string, code: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail = (error as Error).message;
    const offset = Number(detail.match(/at position (\d+)/)?.[1] ?? text.length);
    const before = text.slice(0, offset).split('\n');
    throw new CliError(code, { file, place: `${before.length}:${before.at(-1)!.length + 1}`, detail });
  }
}

/** `mirrors[3].status` */
function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return place.replace(/^\./, '') || '-';
}
