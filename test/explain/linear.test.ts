import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { find } from '../../src/explain/pattern.ts';
import { rules } from '../../src/explain/rules/index.ts';
import { regularExpressionsIn, superlinear } from './regular-expressions.ts';

const folder = join(import.meta.dirname, '../../src/explain');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));

/** A text that counts the characters that are looked at, for the two methods that `find` uses. */
function counted(text: string): { text: string; looked: () => number } {
  let looked = 0;
  const fake = {
    indexOf: (piece: string, from = 0): number => {
      const at = text.indexOf(piece, from);
      looked += (at < 0 ? text.length : at + piece.length) - from;
      return at;
    },
    charCodeAt: (at: number): number => {
      looked++;
      return text.charCodeAt(at);
    },
  };
  return { text: fake as unknown as string, looked: () => looked };
}

describe('the time that rules take', () => {
  it('grows with the length of the text alone, for every pattern and the texts that are worst for it', () => {
    for (const pattern of rules.flatMap(rule => [...rule.patterns, ...rule.exceptions])) {
      const pieces = pattern.pieces.map(piece => piece.text);
      const worst = [pieces[0]!, pieces.slice(0, -1).join('x') || pieces[0]!, `a${pieces[0]}a`, pieces.join('')];
      for (const text of worst) {
        const looked = [200, 400].map(times => {
          const one = counted(text.repeat(times));
          find(pattern, one.text);
          return { share: one.looked() / (text.length * times), source: pattern.source };
        });
        // Every character is looked at once, and the edges of words once more, however long the text.
        for (const { share, source } of looked) expect({ source, fits: share <= 4 }).toEqual({ source, fits: true });
      }
    }
  });

  it('is linear in every regular expression beside the rules, by its shape', () => {
    const found = files.flatMap(file =>
      regularExpressionsIn(readFileSync(join(folder, file), 'utf8')).map(source => ({ file, source })),
    );
    expect(found.length).toBeGreaterThan(35);
    expect(found.map(one => ({ ...one, problem: superlinear(one.source) })).filter(one => one.problem)).toEqual([]);
  });

  it('would be noticed', () => {
    for (const bad of ['(a+)+b', '(?:\\w{1,50}){1,20}x', '\\s+$', 'a.*b', '^a*b*', '(?:x|y+)*']) {
      expect({ bad, problem: superlinear(bad) }).toEqual({ bad, problem: expect.any(String) });
    }
    for (const good of ['^\\d+: ', '[A-Z]+', '^(?:/[\\w.]{1,60}){0,20}$', 'a{1,40}b?']) {
      expect({ good, problem: superlinear(good) }).toEqual({ good, problem: null });
    }
  });
});
