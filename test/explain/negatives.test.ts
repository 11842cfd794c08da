import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verdictOf } from './verdict.ts';

/** Outputs of what is no failed pull: builds that succeed, lists of settings, other tools and programs that fail. */
const negatives = readFileSync(join(import.meta.dirname, 'negatives.txt'), 'utf8')
  .split(/^=== (?!RUN)/m)
  .slice(1)
  .map(text => [text.slice(0, text.indexOf('\n')), text.slice(text.indexOf('\n') + 1)] as const);

describe('no failed pull', () => {
  it('is tried on enough of them', () => expect(negatives.length).toBeGreaterThanOrEqual(60));

  it.each(negatives)('%s', async (_, output) => {
    const verdict = await verdictOf(output);
    expect(verdict?.cause ?? 'not-a-pull-problem').toBe('not-a-pull-problem');
  });

  it('stays none behind what a collector of logs puts before each line', async () => {
    for (const [name, output] of negatives) {
      const lines = output.trimEnd().split('\n');
      for (const prefix of ['2026-03-01T10:00:00.1234567Z ', '#12 3.456 ', 'app-1  | ']) {
        const verdict = await verdictOf(lines.map(line => `${prefix}${line}\n`).join(''));
        expect([name, prefix, verdict?.cause ?? 'not-a-pull-problem']).toEqual([name, prefix, 'not-a-pull-problem']);
      }
    }
  });
});
