import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { cases } from '../lab/faults/cases/index.ts';
import { examine } from '../lab/faults/examine.ts';

/** A few of each kind; all of them: `npm run faults`. */
const chosen = [
  'dns-nxdomain',
  'tls-unknown-authority',
  'html-everywhere',
  'goproxy-semicolon',
  'gosumdb-mirror-as-base',
  'pattern-scheme',
  'git-login-missing',
  'proxy-refused',
  'cache-zip-garbage',
  'pair-refused-gosumdb',
  'ok-china',
  'ok-pipe-first-dead',
  'ok-proxy-only-way',
  'ok-ipv6-only',
];

const namespaces = spawnSync('unshare', ['--net', '--mount', 'true']).status === 0;

describe('faults of the lab, proven by the real go', () => {
  test('ids are unique, and the selection is of them', () => {
    const ids = cases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(chosen));
  });

  const about = namespaces ? '' : ' (skipped: this user may make no network namespaces)';
  for (const lab of cases.filter(({ id }) => chosen.includes(id))) {
    test.skipIf(!namespaces)(`${lab.id}: ${lab.about}${about}`, async () => {
      const verdict = await examine(lab, { doctor: false });
      expect(verdict.proven, verdict.pull).toBe(true);
    });
  }
});
