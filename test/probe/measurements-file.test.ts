import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Measurement } from '../../src/probe/measurement.ts';
import { keepMeasurements, readMeasurements } from '../../src/probe/measurements-file.ts';
import type { Context } from '../../src/system/context.ts';
import { withLock } from '../../src/system/lock.ts';

let root: string;
let folder: string;
let file: string;
let context: Context;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'go-mirror-measurements-'));
  folder = join(root, 'go-mirror', 'measurements');
  file = join(folder, 'measurements.json');
  context = { env: { XDG_STATE_HOME: root }, cwd: root, platform: 'linux', signal: new AbortController().signal };
});
afterEach(() => rm(root, { recursive: true }));

const nowMs = Date.parse('2026-11-27T12:00:00Z');
const one: Measurement = {
  mirror: 'goproxy.cn',
  atMs: nowMs,
  outcome: 'works',
  estimatedMs: 20_000,
  uncertaintyMs: 900,
};
const failed: Measurement = { ...one, mirror: 'goproxy.io', outcome: 'fails', estimatedMs: null, uncertaintyMs: null };

it('keeps what is measured, for this user alone', async () => {
  expect(await readMeasurements(context, nowMs)).toEqual([]);
  await keepMeasurements(context, [one], nowMs);
  await keepMeasurements(context, [failed], nowMs);
  expect(await readMeasurements(context, nowMs)).toEqual([one, failed]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('does not wait for a change of settings that goes on', async () => {
  const held = withLock(context, dirname(folder), async () => {
    await keepMeasurements(context, [one], nowMs);
    return await readMeasurements(context, nowMs);
  });
  expect(await held).toEqual([one]);
});

it('drops what no longer counts', async () => {
  await keepMeasurements(context, [one], nowMs);
  const later = nowMs + 8 * 24 * 3_600_000;
  await keepMeasurements(context, [{ ...failed, atMs: later }], later);
  expect(await readFile(file, 'utf8')).not.toContain('goproxy.cn');
});

const entry = {
  mirror: 'goproxy.cn',
  time: '2026-11-27T12:00:00.000Z',
  outcome: 'works',
  estimatedMs: 5,
  uncertaintyMs: 1,
};
const deep = '['.repeat(400_000);

it.each([
  ['nothing', ''],
  ['half of it', '{"version": 1, "measurements": [{"mirr'],
  ['no object', 'null'],
  ['another version', JSON.stringify({ version: 2, measurements: [entry] })],
  ['no list', JSON.stringify({ version: 1, measurements: { length: 1e9 } })],
  ['deep nesting', deep],
  ['too much', JSON.stringify({ version: 1, measurements: Array.from({ length: 20_000 }, () => entry) })],
])('takes a file that holds %s for none, and replaces it', async (_, text) => {
  await mkdir(folder, { recursive: true });
  await writeFile(file, text);
  expect(await readMeasurements(context, nowMs)).toEqual([]);
  await keepMeasurements(context, [one], nowMs);
  expect(await readMeasurements(context, nowMs)).toEqual([one]);
});

it('passes over single entries that are none of ours', async () => {
  const wrong = [
    null,
    7,
    {},
    { ...entry, mirror: '' },
    { ...entry, mirror: 'x'.repeat(3000) },
    { ...entry, time: 'soon' },
    { ...entry, outcome: 'well' },
    { ...entry, outcome: 'fails' },
    { ...entry, estimatedMs: 0 },
    { ...entry, estimatedMs: -5 },
    { ...entry, estimatedMs: 1e300 },
    { ...entry, estimatedMs: '5' },
    { ...entry, uncertaintyMs: null },
  ];
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify({ version: 1, measurements: [...wrong, entry] }));
  expect(await readMeasurements(context, nowMs)).toEqual([{ ...one, estimatedMs: 5, uncertaintyMs: 1 }]);
});

it('waits for no pipe, follows no link when it writes, and needs no place to write', async () => {
  await mkdir(folder, { recursive: true });
  execFileSync('mkfifo', [file]);
  expect(await readMeasurements(context, nowMs)).toEqual([]);
  await rm(file);
  await writeFile(join(root, 'other'), 'precious');
  await symlink(join(root, 'other'), file);
  await keepMeasurements(context, [one], nowMs);
  expect(await readFile(join(root, 'other'), 'utf8')).toBe('precious');
  await rm(file);
  await mkdir(file);
  await keepMeasurements(context, [one], nowMs);
  expect(await readMeasurements(context, nowMs)).toEqual([]);
  await keepMeasurements({ ...context, env: {} }, [one], nowMs);
});
