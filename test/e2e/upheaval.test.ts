import { describe, expect, it } from 'vitest';
import { sandbox } from '../lab/sandbox.ts';
import { killAtRandom, writeAtOnce } from '../lab/upheaval.ts';

// Short versions of `node bench/run.js upheaval`.
describe('the settings file', () => {
  it('is a whole one after SIGKILL at random moments, and undo works back to the start', async () => {
    const report = await killAtRandom(await sandbox(), 40);
    expect(report.faults).toEqual([]);
    expect(report.killed).toBeGreaterThan(10);
    expect(report.undone).toBe(report.historyEntries);
  }, 180_000);

  it('loses nothing when many processes write at once', async () => {
    const report = await writeAtOnce(await sandbox(), 8, 2);
    expect(report.faults).toEqual([]);
    expect(report.applied).toBe(16);
  }, 180_000);
});
