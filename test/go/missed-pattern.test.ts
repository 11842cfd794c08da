import { describe, expect, test } from 'vitest';
import { missedPattern } from '../../src/go/missed-pattern.ts';

const path = 'git.corp.example.com/team/lib';

describe('missedPattern', () => {
  test.each([
    ['Git.Corp.example.com', 'letter-case'],
    ['git.corp.example.com/TEAM', 'letter-case'],
    ['https://git.corp.example.com', 'spelling'],
    ['git.corp.example.com:8443/team', 'spelling'],
    [' git.corp.example.com', 'spelling'],
    ['"git.corp.example.com"', 'spelling'],
    ['git.corp.example.com/...', 'spelling'],
    ['git@git.corp.example.com:team', 'spelling'],
    ['git.corp.example.com/team/lib.git', 'spelling'],
    ['*.git.corp.example.com', 'subdomains-only'],
    ['corp.example.com', 'parent-domain'],
    ['example.com/team', 'parent-domain'],
    ['git.corp.example.com/team/lib/v2', 'too-long'],
    ['git.corp.example.com/*/*/*', 'too-long'],
    ['[git.corp.example.com', 'malformed'],
    ['git.corp.example.com/[b-a', 'malformed'],
    ['git.corp.example.com/teams', 'other-path'],
    ['code.corp.example.com', 'other-host'],
  ])('%s → %s', (pattern, miss) => {
    expect(missedPattern(pattern, path)).toEqual({ pattern: pattern.trim(), miss });
    expect(missedPattern(`gitlab.com/x,${pattern}`, path)).toEqual({ pattern: pattern.trim(), miss });
  });

  test.each(['', 'gitlab.com', 'com', '*.other.example', 'git.corp.example.com', 'git.corp.example.com/te*', 'none'])(
    'nothing to say of “%s”',
    pattern => expect(missedPattern(pattern, path)).toBeNull(),
  );

  test('the nearest of several', () => {
    expect(missedPattern('corp.example.com,code.corp.example.com,Git.corp.example.com', path)?.pattern).toBe(
      'Git.corp.example.com',
    );
  });
});
