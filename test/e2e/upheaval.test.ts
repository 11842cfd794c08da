import { describe, expect, it } from 'vitest';
import { sandbox } from '../lab/sandbox.ts';
import { killAtRandom, writeAtOnce } from '../lab/upheaval.ts';

// Short versions of `node bench/run.js upheaval`.
describe('the settings file', () => {
  it('is a whole one after SIGKILL at random moments, and undo works back to the start', async () => {
    const report = await killAtRandom(await sandbox(), 24);
    expect(report.faults).toEqual([]);
    expect(report.killed).toBeGreaterThan(5);
    expect(report.undone).toBe(report.historyEntries);
  }, 180_000);

  it('loses nothing when many processes write at once', async () => {
    const report = await writeAtOnce(await sandbox(), 6, 2);
    expect(report.faults).toEqual([]);
    expect(report.applied).toBe(12);
  }, 180_000);
});
