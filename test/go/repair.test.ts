import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGoproxy } from '../../src/go/goproxy.ts';
import { parseGosumdb } from '../../src/go/gosumdb.ts';
import { inspectPatterns, repairPatterns } from '../../src/go/inspect-patterns.ts';
import { matchingPattern } from '../../src/go/patterns.ts';
import { repairGoproxy } from '../../src/go/repair-goproxy.ts';
import { repairGosumdb } from '../../src/go/repair-gosumdb.ts';

describe('repairGoproxy', () => {
  it.each([
    ['https://goproxy.cn;direct', 'https://goproxy.cn,direct'],
    ['https://goproxy.cn direct', 'https://goproxy.cn,direct'],
    ['https://goproxy.cn；direct', 'https://goproxy.cn,direct'],
    ['https://goproxy.cn，direct', 'https://goproxy.cn,direct'],
    ['https://goproxy.cn、https://goproxy.io｜direct', 'https://goproxy.cn,https://goproxy.io|direct'],
    ['https：//goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['https://goproxy.cn,Direct', 'https://goproxy.cn,direct'],
    ['https://goproxy.cn,DIRECT', 'https://goproxy.cn,direct'],
    ['https://goproxy.cn,dircet', 'https://goproxy.cn,direct'],
    ['OFF', 'off'],
    ['https//goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['htps://goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['https:/goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['https:goproxy.cn', 'https://goproxy.cn'],
    ['htttps://goproxy.cn', 'https://goproxy.cn'],
    ['https;//goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['https://https://goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['http//127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http//goproxy.cn', 'https://goproxy.cn'],
    ['http:goproxy.cn', 'http://goproxy.cn'],
    ['htpp://goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['htpp://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['hptts://goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['ttps://goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['httpa://goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['https//:goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['https:\\\\goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['//goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['"https://goproxy.cn,direct"', 'https://goproxy.cn,direct'],
    ["'https://goproxy.cn','direct'", 'https://goproxy.cn,direct'],
    ['GOPROXY=https://goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['export GOPROXY=https://goproxy.cn', 'https://goproxy.cn'],
    ['http://127.0.0.1:1;direct', 'http://127.0.0.1:1,direct'],
    ['https://goproxy.cn,direct # qiniu', 'https://goproxy.cn,direct'],
    ['https://goproxy.cn;direct # qiniu', 'https://goproxy.cn,direct'],
    ['https://goproxy.cn,direct;', 'https://goproxy.cn,direct'],
    ['https://goproxy.cn,direct; export GO111MODULE=on', 'https://goproxy.cn,direct'],
    ['https://goproxy.cn|direct // the usual one', 'https://goproxy.cn|direct'],
    // Right as they are, however they look.
    ['https://goproxy.cn,direct', null],
    ['https://goproxy.cn, direct', null],
    ['goproxy.cn,direct', null],
    ['HTTPS://goproxy.cn', null],
    ['https://user:p%40ss@athens.corp.example.com|direct', null],
    ['file:///srv/goproxy', null],
    ['off', null],
    ['direct', null],
    // Nobody can tell.
    ['', null],
    [',', null],
    ['localhost', null],
    ['ftp://goproxy.cn', null],
  ])('%j becomes %j', (value, repaired) => expect(repairGoproxy(value)).toBe(repaired));

  it('gives a list that go takes, and leaves that one alone', () => {
    const piece = fc.constantFrom(
      'https',
      '://',
      ':',
      '/',
      ';',
      ',',
      '|',
      ' ',
      'goproxy.cn',
      'direct',
      'OFF',
      '"',
      '，',
      '@',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), pieces => {
        const repaired = repairGoproxy(pieces.join(''));
        if (repaired === null) return;
        expect(parseGoproxy(repaired).ok).toBe(true);
        expect(repairGoproxy(repaired)).toBeNull();
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});

const isProxy = (url: string): boolean => /^https:\/\/(?:goproxy\.cn|mirrors\.aliyun\.com\/goproxy)\/?$/.test(url);

describe('repairGosumdb', () => {
  it.each([
    ['sum.golang.org https://goproxy.cn', 'sum.golang.org'],
    ['sum.golang.org https://mirrors.aliyun.com/goproxy/', 'sum.golang.org'],
    ['sum.golang.org goproxy.cn', 'sum.golang.org'],
    ['sum.golang.org sum.golang.google.cn', 'sum.golang.google.cn'],
    ['sum.golang.org+sha256:abcdef', 'sum.golang.org'],
    ['sum.golang.org+033de0ae+AAAA', 'sum.golang.org'],
    ['https://sum.golang.org', 'sum.golang.org'],
    ['https://sum.golang.google.cn/', 'sum.golang.google.cn'],
    ['sum.golang.google.cn/', 'sum.golang.google.cn'],
    ['sum.golang.google.cn ', 'sum.golang.google.cn'],
    ['gosum.io', 'sum.golang.org'],
    ['on', 'sum.golang.org'],
    ['ON', 'sum.golang.org'],
    ['OFF', 'sum.golang.org'],
    ['', 'sum.golang.org'],
    ['https://goproxy.cn', 'sum.golang.org'],
    ['SUM.golang.org', 'sum.golang.org'],
    ['"sum.golang.org"', 'sum.golang.org'],
    ['sum.golang.org,https://goproxy.cn', 'sum.golang.org'],
    // Right as they are.
    ['sum.golang.org', null],
    ['sum.golang.google.cn', null],
    ['off', null],
    ['sum.golang.org https://goproxy.cn/sumdb/sum.golang.org', null],
    ['sum.golang.org https://sum.golang.google.cn', null],
    ['sum.golang.org https://sumdb.corp.example.com', null],
    ['sum.golang.org https://goproxy.corp.example.com', null],
    ['sum.golang.org https://athens.corp.example.com/database', null],
    // A database of the user's own, with a wrong key: only its owner knows the right one.
    ['sumdb.corp.example.com+12345678+AAAA', null],
  ])('%j becomes %j', (value, repaired) => {
    expect(repairGosumdb(value, isProxy)).toBe(repaired);
    if (repaired !== null) expect(parseGosumdb(repaired)).toMatchObject({ ok: true, kind: 'database' });
  });
});

describe('inspectPatterns', () => {
  it.each([
    ['git.corp.example.com', [], null],
    ['none', [], null],
    ['git.corp.example.com/team/', [], null],
    ['a.com, git.example.com', ['space'], 'a.com,git.example.com'],
    ['a.com git.example.com', ['space'], 'a.com,git.example.com'],
    ['a.com;git.example.com', ['separator'], 'a.com,git.example.com'],
    ['a.com，git.example.com', ['separator'], 'a.com,git.example.com'],
    ['https://git.corp.example.com/team', ['scheme'], 'git.corp.example.com/team'],
    ['ssh://git@git.corp.example.com:2222/team', ['scheme', 'port'], 'git.corp.example.com/team'],
    ['git@git.corp.example.com:team/lib', ['scheme'], 'git.corp.example.com/team/lib'],
    ['git.corp.example.com:8443', ['port'], 'git.corp.example.com'],
    ['Git.Corp.example.com/Team', ['upper-case'], 'git.corp.example.com/Team'],
    ['.corp.example.com', ['leading-dot', 'subdomains-only'], '*.corp.example.com'],
    ['git.corp.example.com/...', ['dots'], 'git.corp.example.com'],
    ['git.corp.example.com//', ['slash'], 'git.corp.example.com'],
    ['/git.corp.example.com', ['slash'], 'git.corp.example.com'],
    ['"git.corp.example.com"', ['quotes'], 'git.corp.example.com'],
    ['git.[corp.example.com', ['malformed'], null],
    ['corp', ['no-dot'], null],
    ['*.corp.example.com', ['subdomains-only'], null],
    ['a.com,corp', ['no-dot'], 'a.com'],
  ])('%j has %j and becomes %j', (value, faults, repaired) => {
    expect(inspectPatterns(value).flatMap(report => report.faults)).toEqual(faults);
    expect(repairPatterns(value)).toBe(repaired);
  });

  it('does not mind the bare domain missing where it stands beside', () => {
    expect(inspectPatterns('*.corp.example.com,corp.example.com')).toEqual([]);
  });

  it('calls nothing fatal that matches a module', () => {
    const piece = fc.constantFrom('git', '.', 'corp', 'com', '/', '*', '?', '[ab]', ':8', ' ', 'A', '...', '\\');
    const element = fc.constantFrom('git.com', 'corp.com', 'a', 'A', 'git', 'x.b', 'c.git');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.array(element, { minLength: 1, maxLength: 3 }),
        (pieces, path) => {
          const pattern = pieces.join('');
          const module = `git.com/${path.join('/')}`;
          if (pattern.includes(',') || matchingPattern(pattern, module) === null) return;
          const faults = inspectPatterns(pattern).flatMap(report => report.faults);
          expect(faults.filter(fault => fault !== 'subdomains-only')).toEqual([]);
        },
      ),
      { seed: 5, numRuns: 5000 },
    );
  });
});
