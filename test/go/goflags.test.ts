import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goflag, parseGoflags } from '../../src/go/goflags.ts';
import { sandbox } from '../lab/sandbox.ts';

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

it('what go refuses is refused in its words; which flags there are only go knows', async () => {
  const box = await sandbox({ env: { GOTOOLCHAIN: 'local' } });
  const piece = fc.constantFrom(
    '-mod=vendor',
    '-x',
    '--modcacherw',
    '-',
    '--',
    '---x',
    '-=',
    ' ',
    '\t',
    '"',
    "'",
    'x',
    '=',
    '-a=b c',
    '\u00a0',
  );
  const value = fc.array(piece, { minLength: 1, maxLength: 6 }).map(pieces => pieces.join(''));
  await fc.assert(
    fc.asyncProperty(value, async GOFLAGS => {
      const { stderr } = await box.go(['version'], { env: { GOFLAGS } });
      if (stderr.includes('unknown flag')) return;
      const said = /go: (parsing \$GOFLAGS: .*)/.exec(stderr)?.[1] ?? null;
      const parsed = parseGoflags(GOFLAGS);
      expect(parsed.ok ? null : parsed.message).toBe(said);
    }),
    { seed: 14, numRuns: 120 },
  );
});
