import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A catalogue in which these are public mirrors, `m0`, `m1` ..., as the arguments that name it: only such may stand in for one another,
 * and every other URL is a gatekeeper.
 *
 * ```ts
 * await box.run(['pull', ...(await publicMirrors(box.root, urls))]);
 * ```
 */
export async function publicMirrors(folder: string, urls: readonly string[]): Promise<string[]> {
  const mirrors = urls.map((url, index) => ({
    ...{ name: `m${index}`, url, operator: 'lab', kind: 'public', status: 'active', reason: 'serves modules' },
    ...{ source: 'https://lab.test', date: '2026-01-01', sumdb: null },
  }));
  const file = join(folder, 'catalogue.json');
  await writeFile(file, JSON.stringify({ version: 1, updated: '2026-01-01', mirrors }));
  return ['--catalogue', file];
}
