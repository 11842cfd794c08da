import { expect, test } from 'vitest';
import { parseGoproxy } from '../../src/go/goproxy.ts';
import { parseGosumdb } from '../../src/go/gosumdb.ts';
import { checkModulePath, escapePath } from '../../src/go/module-path.ts';
import { matchingPattern } from '../../src/go/patterns.ts';

test('GOPROXY lists', () => {
  expect(parseGoproxy('https://goproxy.cn|mirror.example.com, direct,x')).toEqual({
    ok: true,
    entries: [
      { kind: 'proxy', url: 'https://goproxy.cn', text: 'https://goproxy.cn', fallsBackOn: 'any-error' },
      { kind: 'proxy', url: 'https://mirror.example.com', text: 'mirror.example.com', fallsBackOn: 'not-found' },
      { kind: 'direct', url: null, text: 'direct', fallsBackOn: null },
    ],
  });
  expect(parseGoproxy('localhost')).toEqual({
    ok: false,
    message: 'invalid proxy URL missing scheme: localhost',
    entry: 'localhost',
  });
});

test('GOSUMDB values', () => {
  expect(parseGosumdb('sum.golang.org')).toMatchObject({ ok: true, name: 'sum.golang.org', url: null });
  expect(parseGosumdb('on')).toEqual({ ok: false, message: 'invalid GOSUMDB: malformed verifier id' });
});

test('patterns', () => {
  expect(matchingPattern('*.corp.example.com', 'git.corp.example.com/a')).toBe('*.corp.example.com');
  expect(matchingPattern('*.corp.example.com', 'corp.example.com')).toBeNull();
  expect(matchingPattern('a.com, git.example.com', 'git.example.com/x')).toBeNull();
});

test('module paths', () => {
  expect(checkModulePath('github.com/Azure/x')).toBeNull();
  expect(escapePath('github.com/Azure/x')).toBe('github.com/!azure/x');
  expect(checkModulePath('fmt')).toBe('malformed module path "fmt": missing dot in first path element');
});
