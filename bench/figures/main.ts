import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readResults } from '../result.ts';
import { pages, withFigures } from './pages.ts';

/** `npm run figures`: brings the results of `bench/results` into the pages that show them. */
const results = readResults();
for (const page of pages) {
  const file = resolve(import.meta.dirname, '../..', page);
  const before = readFileSync(file, 'utf8');
  const after = withFigures(before, results);
  if (after !== before) writeFileSync(file, after);
  console.log(`${page}: ${after === before ? 'as it was' : 'written'}`);
}
