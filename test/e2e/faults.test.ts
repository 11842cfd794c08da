import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cases } from '../lab/faults/cases/index.ts';
import { chooseCases } from '../lab/faults/choose.ts';
import { examine } from '../lab/faults/examine.ts';

/**
 * A part of the fault lab that changes with the day, each kind of fault once: the real go, the doctor, and the doctor with --fix. To
 * repeat a day's part: GO_MIRROR_FAULTS=2026-11-26 npx vitest run test/e2e/faults.test.ts; all of them: npm run faults.
 */
const seed = process.env.GO_MIRROR_FAULTS || new Date().toISOString().slice(0, 10);
const beside = 4;
const chosen = chooseCases(cases, seed, beside);

vi.setConfig({ testTimeout: 180_000, maxConcurrency: 2 });

const namespaces = spawnSync('unshare', ['--net', '--mount', 'true']).status === 0;
const about = namespaces ? '' : ' (skipped: this user may make no network namespaces)';

describe.concurrent(`the fault lab, part of ${seed}`, () => {
  test('ids are unique', () => {
    const ids = cases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  for (const lab of chosen) {
    test.skipIf(!namespaces)(`${lab.id}: ${lab.about}${about}`, async () => {
      const { proven, pull, doctor, fix } = await examine(lab, { seconds: 8 });
      expect(proven, pull).toBe(true);
      expect(doctor).toEqual([]);
      expect(fix ?? []).toEqual([]);
    });
  }

  afterAll(() => console.log(`faults: ${chosen.length} of ${cases.length}; to repeat: GO_MIRROR_FAULTS=${seed}`));
});
