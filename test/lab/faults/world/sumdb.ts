import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import type { ChecksumDatabase } from '../../content.ts';

/** sum.golang.org as files by path, below one folder. */
export const folderDatabase = (folder: string): ChecksumDatabase => ({
  name: 'sum.golang.org',
  answer: path => readFile(join(folder, normalize(path))).catch(() => null),
});
