import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainShellWord, shellWord } from '../../src/system/shell-word.ts';

const words = (text: string): string[] =>
  spawnSync('sh', ['-c', `printf '%s\\0' ${text}`], { encoding: 'utf8' })
    .stdout.split('\0')
    .slice(0, -1);

describe('a word of a command', () => {
  it('is taken by the shell for what it is', () => {
    const any = fc.string({ unit: 'binary' }).map(text => text.replace(/[\0\ud800-\udfff]/g, ''));
    fc.assert(
      fc.property(any, text => {
        expect(words(shellWord(text))).toEqual([text]);
        expect(words(plainShellWord(text))).toEqual([text]);
      }),
      { numRuns: 150, seed: 11 },
    );
  });

  it('has no quotes where it needs none', () => {
    expect(plainShellWord('GOPROXY=https://a.example.com,direct')).toBe('GOPROXY=https://a.example.com,direct');
    expect(plainShellWord('https://a|direct')).toBe("'https://a|direct'");
    expect(plainShellWord('')).toBe("''");
    expect(plainShellWord('~/x')).toBe("'~/x'");
  });
});
