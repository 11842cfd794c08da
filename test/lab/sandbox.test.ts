import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sandbox } from './sandbox.ts';

test('the go command finds every folder inside the sandbox', async () => {
  const box = await sandbox();
  const { stdout, exitCode } = await box.go(['env', '-json', 'GOPATH', 'GOMODCACHE', 'GOCACHE', 'GOENV', 'GOFLAGS']);
  const { GOFLAGS, ...folders } = JSON.parse(stdout) as Record<string, string>;
  expect(exitCode).toBe(0);
  expect(GOFLAGS).toBe('');
  for (const folder of Object.values(folders)) expect(folder.startsWith(box.home)).toBe(true);
});

test('variables are added and taken away for one command', async () => {
  const box = await sandbox({ env: { A: '1' } });
  const { stdout } = await box.exec('/usr/bin/env', [], { env: { B: '2', LANG: undefined } });
  expect(
    stdout
      .split('\n')
      .filter(line => /^(A|B|LANG|SSL_CERT_FILE|NODE_EXTRA_CA_CERTS)=/.test(line))
      .sort(),
  ).toEqual(['A=1', 'B=2']);
});

test('the built command runs and its streams are kept apart', async () => {
  const box = await sandbox();
  const { stdout, stderr, exitCode } = await box.run(['--version']);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+/);
});

test('a deadline kills', async () => {
  const box = await sandbox();
  const { timedOut, signal } = await box.exec('/bin/sleep', ['60'], { timeoutMs: 100 });
  expect([timedOut, signal]).toEqual([true, 'SIGKILL']);
});

test('it is removed with read-only folders inside', async () => {
  const box = await sandbox();
  const readOnly = join(box.moduleCache, 'example.test/m@v1.0.0');
  await mkdir(readOnly, { recursive: true });
  await writeFile(join(readOnly, 'go.mod'), 'module example.test/m\n', { mode: 0o444 });
  await chmod(readOnly, 0o555);
  await box.remove();
  expect(existsSync(box.root)).toBe(false);
});
