import { describe, expect, it } from 'vitest';
import { mergePatterns, removePatterns, splitGiven } from '../../src/changes/private-patterns.ts';

describe('patterns of private modules', () => {
  it.each([
    ['', ['a.example.com'], 'a.example.com'],
    ['a.example.com', ['a.example.com', 'b.example.com'], 'a.example.com,b.example.com'],
    ['a.example.com, b.example.com', ['c.example.com'], 'a.example.com,b.example.com,c.example.com'],
    ['', ['https://git.example.com/team/'], 'git.example.com/team'],
    ['', ['Git.Example.com:8443/Team'], 'git.example.com/Team'],
    ['', ['*.corp.example.com', 'github.com/[ab]*'], '*.corp.example.com,github.com/[ab]*'],
  ])('%j and %j make %j', (current, added, value) => {
    expect(mergePatterns(current, added).value).toBe(value);
  });

  it('says what it has repaired', () => {
    expect(mergePatterns('x.example.com', ['http://Y.example.com']).warnings).toEqual([
      { code: 'pattern-repaired', args: { pattern: 'http://Y.example.com', repaired: 'y.example.com' } },
    ]);
  });

  it.each(['[', 'git.[x.example.com', 'ünïcode.example.com', 'localhost'])('%j is refused', pattern => {
    expect(() => mergePatterns('', [pattern])).toThrowError(expect.objectContaining({ code: 'private.bad-pattern' }));
  });

  it('are removed as they were meant, and what is not there is named', () => {
    expect(
      removePatterns('a.example.com,b.example.com/team,c.example.com', ['b.example.com/team/', 'z.example.com']),
    ).toEqual({
      value: 'a.example.com,c.example.com',
      absent: ['z.example.com'],
    });
  });

  it('come as lists or one by one', () => {
    expect(splitGiven(['a.example.com,b.example.com', ' ', 'c.example.com,'])).toEqual([
      'a.example.com',
      'b.example.com',
      'c.example.com',
    ]);
  });
});
