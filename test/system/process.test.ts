import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Context } from '../../src/system/context.ts';
import { askProcess, runProcess } from '../../src/system/process.ts';

const context = (signal = new AbortController().signal): Context => ({
  env: process.env,
  cwd: tmpdir(),
  platform: process.platform,
  signal,
});
const node = (script: string): [string, string[]] => [process.execPath, ['-e', script]];

describe.each([
  ['runProcess', runProcess],
  ['askProcess', askProcess],
])('%s', (_, start) => {
  test('gives both streams whole and the exit code; nothing is on stdin', async () => {
    const script = `
      const input = require('node:fs').readFileSync(0);
      process.stdout.write('镜像'.repeat(50_000)); process.stderr.write('e' + input.length); process.exitCode = 3;`;
    const ended = await start(context(), ...node(script));
    expect(ended).toEqual({
      exitCode: 3,
      signal: null,
      stdout: '镜像'.repeat(50_000),
      stderr: 'e0',
      timedOut: false,
      startError: null,
    });
  });

  test('takes the environment and the folder that it is given', async () => {
    const options = { env: { ONLY: 'this' }, cwd: '/' };
    const { stdout } = await start(
      context(),
      ...node('console.log(process.cwd(), process.env.ONLY, process.env.HOME)'),
      options,
    );
    expect(stdout).toBe('/ this undefined\n');
  });

  test('tells by its code what cannot be started', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'go-mirror-process-')), 'no-program');
    expect(await start(context(), file, [])).toMatchObject({ exitCode: null, startError: 'ENOENT', stdout: '' });
    writeFileSync(file, '', { mode: 0o644 });
    expect(await start(context(), file, [])).toMatchObject({ exitCode: null, startError: 'EACCES' });
  });

  test('ends a command whose time is over, with what it said', async () => {
    const ended = await start(context(), ...node(`console.log('begun'); setInterval(() => {}, 1000)`), {
      timeoutMs: 1500,
    });
    expect(ended).toMatchObject({ exitCode: null, stdout: 'begun\n', timedOut: true, startError: null });
  });

  test('ends it when the run is interrupted', async () => {
    const interrupt = new AbortController();
    setTimeout(() => interrupt.abort(), 300);
    const ended = await start(context(interrupt.signal), ...node('setInterval(() => {}, 1000)'));
    expect(ended).toMatchObject({ exitCode: null, timedOut: false });
  });
});

test('askProcess does not wait for what a wrapper has started, which keeps its streams open', async () => {
  const started = performance.now();
  const ended = await askProcess(context(), '/bin/sh', ['-c', 'echo begun; sleep 60; true'], { timeoutMs: 500 });
  expect(ended).toMatchObject({ stdout: 'begun\n', timedOut: true });
  expect(performance.now() - started).toBeLessThan(30_000);
});
