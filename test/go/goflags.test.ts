import { describe, expect, it } from 'vitest';
import { goflag, parseGoflags } from '../../src/go/goflags.ts';

describe('GOFLAGS, as base.InitGOFLAGS reads it', () => {
  it.each([
    ['', {}],
    ['-mod=vendor', { mod: 'vendor' }],
    ['--mod=vendor\t-modcacherw', { mod: 'vendor', modcacherw: null }],
    ["'-ldflags=-s -w' -x", { ldflags: '-s -w', x: null }],
    ['-ldflags="-s" -x', { ldflags: '"-s"', x: null }],
    ['-a=b=c', { a: 'b=c' }],
  ])('%j', (value, expected) => {
    const parsed = parseGoflags(value);
    expect(parsed.ok && Object.fromEntries(parsed.flags.map(({ name, value: text }) => [name, text]))).toEqual(
      expected,
    );
  });

  it.each([
    ['mod=vendor', 'parsing $GOFLAGS: non-flag "mod=vendor"'],
    ['-', 'parsing $GOFLAGS: non-flag "-"'],
    ['--', 'parsing $GOFLAGS: non-flag "--"'],
    ['---x', 'parsing $GOFLAGS: non-flag "---x"'],
    ['-=x', 'parsing $GOFLAGS: non-flag "-=x"'],
    ['-x "-y', 'parsing $GOFLAGS: unterminated " string'],
  ])('%j is refused', (value, message) => expect(parseGoflags(value)).toEqual({ ok: false, message }));

  it('the last of several counts', () => {
    expect(goflag('-mod=mod -mod=vendor', 'mod')).toBe('vendor');
    expect(goflag('-modcacherw', 'modcacherw')).toBe('true');
    expect(goflag('-x', 'mod')).toBeNull();
  });
});
