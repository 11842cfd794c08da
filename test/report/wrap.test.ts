import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { wrap } from '../../src/report/table/wrap.ts';

describe('wrap', () => {
  it.each([
    ['one two three', 8, '  ', 'one two\n  three'],
    ['one two three', 80, '  ', 'one two three'],
    ['', 10, '  ', ''],
    [
      'https://athens.corp.example.com/a/long/path then more',
      20,
      '',
      'https://athens.corp.example.com/a/long/path\nthen more',
    ],
    ['无法解析域名，请检查。', 10, '', '无法解析域\n名，请检\n查。'],
    ['看这里（很长）。', 9, '', '看这里\n（很\n长）。'],
    ['go 无法写入 x', 8, ' ', 'go 无法\n 写入 x'],
    ['a  b', 80, '', 'a  b'],
  ])('%j in %i columns', (text, width, indent, expected) => expect(wrap(text, width, indent)).toBe(expected));

  it('loses nothing, and is too wide only where a word is', () => {
    const word = fc.constantFrom(
      'go',
      'mod',
      'download',
      '镜像',
      '无法',
      '，',
      '。',
      '（',
      '404',
      'https://goproxy.cn',
      '“x”',
      '\u{20000}',
    );
    const text = fc
      .array(fc.tuple(word, fc.constantFrom(' ', '', '  ')))
      .map(words => words.flat().join('').trim())
      // As sentences are written: no blank before a full stop nor behind a bracket.
      .map(sentence =>
        sentence
          .replace(/\s+(?=[，。”])/g, '')
          .replace(/(?<=[（“])\s+/g, '')
          .replace(/^[，。”]+|[（“]+$/g, ''),
      );
    const squeezed = (some: string): string => some.replace(/\s+/g, '');
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 60 }), fc.constantFrom('', '  '), (sentence, width, indent) => {
        const lines = wrap(sentence, width, indent).split('\n');
        expect(squeezed(lines.join(''))).toBe(squeezed(sentence));
        for (const line of lines)
          if (stringWidth(line) > width)
            expect(line.trim().split(/\s|(?<=\p{Script=Han})|(?=\p{Script=Han})/u).length).toBeLessThanOrEqual(4);
        for (const line of lines) expect(line).toBe(line.trimEnd());
        for (const line of lines.slice(1)) expect(line.trimStart()).not.toMatch(/^[，。）]/);
        for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/（$/);
      }),
      { seed: 15, numRuns: 2000 },
    );
  });
});
